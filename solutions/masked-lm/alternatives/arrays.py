"""NumPy wherever no gradient is needed; einsum and nan-safe selection where one is."""

import numpy as np
import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    before = ids.numpy()
    dice = [np.asarray(rng(*before.shape)) for _ in "uvw"]
    chosen = np.logical_and(dice[0] < p, ~np.isin(before, list(special.values())))
    fate = np.digitize(dice[1], [0.8, 0.9])
    options = np.stack([np.full_like(before, special["[MASK]"]), (dice[2] * vocab_size).astype(np.int64), before])
    after = np.where(chosen, np.take_along_axis(options, fate[None], axis=0)[0], before)
    return torch.from_numpy(after), torch.from_numpy(np.where(chosen, before, -100))


def span_corrupt(ids, spans, first_sentinel):
    text = np.array(ids.tolist(), dtype=np.int64)
    table = np.array(sorted(spans), dtype=np.int64).reshape(-1, 2)
    starts, ends = table[:, 0], table[:, 1]
    borders = np.concatenate([[0], table.reshape(-1), [len(text)]])
    if (starts >= ends).any() or (np.diff(borders) < 0).any():
        raise ValueError("impossible spans")
    pieces = [text[a:b] for a, b in zip(borders[:-1], borders[1:], strict=True)]
    names = [np.array([first_sentinel - i]) for i in range(len(table) + 1)]
    seen, hidden = pieces[0::2], pieces[1::2]
    inputs = [part for pair in zip(seen, names, strict=True) for part in pair][:-1]
    targets = [part for pair in zip(names, [*hidden, names[-1][:0]], strict=True) for part in pair]
    return torch.from_numpy(np.concatenate(inputs)), torch.from_numpy(np.concatenate(targets))


def masked_mean_pool(hidden, mask):
    clean = torch.where(mask[:, :, None], hidden, torch.zeros((), dtype=hidden.dtype))
    keep = mask.to(hidden.dtype)
    share = keep / torch.maximum(keep.sum(1, keepdim=True), torch.ones((), dtype=hidden.dtype))
    return torch.einsum("bt,btd->bd", share, clean)


def classification_logits(hidden, mask, weight, bias):
    return torch.einsum("bd,kd->bk", masked_mean_pool(hidden, mask), weight) + bias[None, :]


def macro_f1(predicted, gold):
    said, true = predicted.numpy(), gold.numpy()
    if true.size == 0:
        raise ValueError("no example")
    classes = np.union1d(said, true)[:, None]
    is_said, is_true = said[None] == classes, true[None] == classes
    return float(np.mean(2 * (is_said & is_true).sum(1) / (is_said.sum(1) + is_true.sum(1))))
