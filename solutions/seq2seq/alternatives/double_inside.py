"""Computes in float64 and gives back the dtype it was given; sorts sentences by length like pack_padded_sequence."""

import torch


def _wide(p):
    return {name: value.double() for name, value in p.items()}


def encode(source, mask, p):
    kind, p = p["b_enc"].dtype, _wide(p)
    lengths = mask.sum(1)
    order = lengths.argsort(descending=True, stable=True)
    h = torch.zeros(len(source), len(p["b_enc"]), dtype=torch.float64)
    enc = torch.zeros(len(source), source.shape[1], len(p["b_enc"]), dtype=torch.float64)
    for j in range(source.shape[1]):
        rows = order[: int((lengths > j).sum())]
        if len(rows) == 0:
            break
        new = torch.tanh(p["E_src"][source[rows, j]] @ p["W_enc"].T + h[rows] @ p["U_enc"].T + p["b_enc"])
        h = h.index_copy(0, rows, new)
        enc = enc.index_put((rows, torch.tensor(j)), new)
    return enc.to(kind), h.to(kind)


def additive_attention(s, enc, mask, W_a, v_a):
    kind = enc.dtype
    s, enc, W_a, v_a = s.double(), enc.double(), W_a.double(), v_a.double()
    asked, offered = W_a.split(s.shape[1], dim=1)
    energy = (torch.tanh((s @ asked.T).unsqueeze(1) + enc @ offered.T) * v_a).sum(-1)
    weights = torch.where(mask, energy, torch.tensor(-1e200, dtype=torch.float64)).softmax(1)
    weights = weights.where(mask, torch.zeros((), dtype=torch.float64))
    return (weights.unsqueeze(1) @ enc)[:, 0].to(kind), weights.to(kind)


def decoder_step(y, s, enc, mask, p):
    kind = s.dtype
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    p = _wide(p)
    x = torch.hstack([p["E_tgt"].index_select(0, y), context.double()])
    new = torch.tanh(torch.addmm(p["b_dec"], x, p["W_dec"].T) + s.double() @ p["U_dec"].T)
    return torch.addmm(p["b_out"], new, p["W_out"].T).to(kind), new.to(kind), weights


def teacher_forced(target, s, enc, mask, p):
    def steps(t, state):
        if t == target.shape[1] - 1:
            return [], []
        logits, state, weights = decoder_step(target[:, t], state, enc, mask, p)
        more_logits, more_weights = steps(t + 1, state)
        return [logits, *more_logits], [weights, *more_weights]

    logits, weights = steps(0, s)
    return torch.stack(logits, -2), torch.stack(weights, -2)


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    answers = {row: [] for row in range(len(s))}
    going, y = list(answers), torch.tensor([bos] * len(s))
    for _ in range(max_len):
        if not going:
            break
        logits, s, _ = decoder_step(y, s, enc[going], mask[going], p)
        ids = [min(range(len(row)), key=lambda k, row=row: (-row[k], k)) for row in logits.tolist()]
        kept = [place for place, token in enumerate(ids) if token != eos]
        for place in kept:
            answers[going[place]].append(ids[place])
        going, y, s = [going[place] for place in kept], torch.tensor([ids[place] for place in kept]), s[kept]
    return list(answers.values())
