"""W_a split in two: the decoder's part is computed once per sentence and added; einsum throughout."""

import torch


def encode(source, mask, p):
    batch, length = source.shape
    embedded = torch.einsum("bsd,hd->bsh", p["E_src"][source], p["W_enc"]) + p["b_enc"]
    state = torch.zeros(batch, p["U_enc"].shape[0], dtype=embedded.dtype)
    columns = []
    for j in range(length):
        keep = mask[:, j].unsqueeze(1).to(embedded.dtype)
        candidate = (embedded[:, j] + torch.einsum("bi,hi->bh", state, p["U_enc"])).tanh()
        state = keep * candidate + (1 - keep) * state
        columns.append(keep * candidate)
    return torch.stack(columns, 1), state


def additive_attention(s, enc, mask, W_a, v_a):
    width = s.shape[1]
    asked = torch.einsum("bh,ah->ba", s, W_a[:, :width])
    offered = torch.einsum("bsh,ah->bsa", enc, W_a[:, width:])
    scores = torch.einsum("bsa,a->bs", torch.tanh(asked[:, None] + offered), v_a)
    top = scores.masked_fill(~mask, -1e30).amax(1, keepdim=True)
    shares = torch.exp((scores - top).clamp(max=0.0)) * mask
    weights = shares / shares.sum(1, keepdim=True).clamp(min=1e-30)
    return torch.einsum("bs,bsh->bh", weights, enc), weights


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    d = p["E_tgt"].shape[1]
    s = torch.tanh(
        torch.einsum("bd,hd->bh", p["E_tgt"][y], p["W_dec"][:, :d])
        + torch.einsum("bi,hi->bh", context, p["W_dec"][:, d:])
        + torch.einsum("bi,hi->bh", s, p["U_dec"])
        + p["b_dec"]
    )
    return torch.einsum("bh,vh->bv", s, p["W_out"]) + p["b_out"], s, weights


def teacher_forced(target, s, enc, mask, p):
    batch, length = target.shape
    logits = torch.empty(batch, length - 1, p["W_out"].shape[0], dtype=s.dtype)
    weights = torch.empty(batch, length - 1, enc.shape[1], dtype=s.dtype)
    for t in range(length - 1):
        logits[:, t], s, weights[:, t] = decoder_step(target[:, t], s, enc, mask, p)
    return logits, weights


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    y = torch.full((s.shape[0],), bos, dtype=torch.int64)
    columns = []
    for _ in range(max_len):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.max(dim=1).indices
        columns.append(y)
        if bool((torch.stack(columns) == eos).any(0).all()):
            break
    rows = torch.stack(columns, 1).tolist() if columns else [[] for _ in range(s.shape[0])]
    return [row[: row.index(eos)] if eos in row else row for row in rows]
