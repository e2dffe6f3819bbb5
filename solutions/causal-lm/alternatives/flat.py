"""Everything flattened to one list of predictions; those that count are picked out by a boolean index."""

import torch


def make_blocks(ids, k):
    if not k >= 1:
        raise ValueError(k)
    if ids.numel() < k:
        return ids.new_zeros((0, k))
    return torch.stack([block for block in ids.split(k) if block.numel() == k])


def next_token_losses(logits, ids, ignore=-100):
    b, t, v = logits.shape
    rows = logits.narrow(1, 0, t - 1).reshape(b * (t - 1), v)
    if rows.element_size() < 4:
        rows = rows.to(torch.float32)
    wanted = ids.narrow(1, 1, t - 1).reshape(-1)
    keep = wanted.ne(ignore)
    kept = rows[keep]
    price = kept.logsumexp(1) - kept[torch.arange(len(kept)), wanted[keep]]
    losses = torch.zeros(len(wanted), dtype=rows.dtype).masked_scatter(keep, price)
    return losses.view(b, t - 1), keep.view(b, t - 1)


def lm_loss(logits, ids, ignore=-100):
    losses, keep = next_token_losses(logits, ids, ignore)
    if not keep.any():
        return losses.sum()
    return losses[keep].mean()


def perplexity(batches, ignore=-100):
    found = [next_token_losses(logits, ids, ignore) for logits, ids in batches]
    prices = torch.cat([losses[keep].double() for losses, keep in found]) if found else torch.zeros(0)
    if len(prices) == 0:
        raise ValueError("empty")
    return prices.mean().exp().item()
