"""One sentence at a time, plain loops, and lists put together at the end."""

import torch


def encode(source, mask, p):
    all_states, last = [], []
    for ids, real in zip(source, mask, strict=True):
        h = torch.zeros_like(p["b_enc"])
        states = []
        for token, is_real in zip(ids, real, strict=True):
            if is_real:
                h = torch.tanh(p["W_enc"] @ p["E_src"][token] + p["U_enc"] @ h + p["b_enc"])
                states.append(h)
            else:
                states.append(torch.zeros_like(h))
        all_states.append(torch.stack(states))
        last.append(h)
    return torch.stack(all_states), torch.stack(last)


def additive_attention(s, enc, mask, W_a, v_a):
    contexts, all_weights = [], []
    for query, states, real in zip(s, enc, mask, strict=True):
        weights = torch.zeros(len(states), dtype=states.dtype)
        places = [j for j in range(len(states)) if real[j]]
        if places:
            scores = torch.stack([v_a @ torch.tanh(W_a @ torch.cat([query, states[j]])) for j in places])
            weights = weights.index_put((torch.tensor(places),), scores.softmax(0))
        contexts.append(weights @ states)
        all_weights.append(weights)
    return torch.stack(contexts), torch.stack(all_weights)


def decoder_step(y, s, enc, mask, p):
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    rows, states = [], []
    for token, query, seen in zip(y, s, context, strict=True):
        read = torch.cat([p["E_tgt"][token], seen])
        new = torch.tanh(p["W_dec"] @ read + p["U_dec"] @ query + p["b_dec"])
        states.append(new)
        rows.append(p["W_out"] @ new + p["b_out"])
    return torch.stack(rows), torch.stack(states), weights


def teacher_forced(target, s, enc, mask, p):
    logits, weights = [], []
    for t in range(target.shape[1] - 1):
        scores, s, looked = decoder_step(target[:, t], s, enc, mask, p)
        logits.append(scores)
        weights.append(looked)
    return torch.stack(logits).transpose(0, 1), torch.stack(weights).transpose(0, 1)


def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    answers = []
    for row in range(len(s)):
        state, token, written = s[row : row + 1], bos, []
        while len(written) < max_len:
            logits, state, _ = decoder_step(torch.tensor([token]), state, enc[row : row + 1], mask[row : row + 1], p)
            scores = logits[0].tolist()
            token = scores.index(max(scores))
            if token == eos:
                break
            written.append(token)
        answers.append(written)
    return answers
