"""Step by step, all layers at each step, with plain lists of states; losses from cross_entropy."""

import torch
import torch.nn.functional as F


def rnn_cell(x_t, h, W, U, b):
    return (b + x_t.matmul(W) + h.matmul(U)).tanh()


def rnn_forward(x, params, h0=None):
    batch, steps, width = x.shape[0], x.shape[1], params[0]["U"].shape[1]
    if h0 is None:
        h0 = torch.zeros(len(params), batch, width, dtype=x.dtype)
    state = [h0[i] for i in range(len(params))]
    top = []
    for t in range(steps):
        below = x[:, t, :]
        fresh = []
        for layer, before in zip(params, state, strict=False):
            below = rnn_cell(below, before, **layer)
            fresh.append(below)
        state = fresh
        top.append(below)
    return torch.stack(top, 1), torch.stack(state, 0)


def lm_forward(ids, model, h0=None):
    out, h_n = rnn_forward(model["embedding"][ids], model["layers"], h0)
    return out @ model["W_out"] + model["b_out"], h_n


def next_token_losses(ids, model, h0=None):
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    return F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], reduction="none"), h_n


def perplexity_by_blocks(ids, model, k):
    h, losses = None, []
    while ids.shape[1] > 1:
        block, ids = ids[:, : k + 1], ids[:, k:]
        some, h = next_token_losses(block, model, h)
        losses.append(some)
    return float(torch.cat(losses, dim=1).mean().exp())


def generate(prompt, model, n):
    answer = torch.zeros(prompt.shape[0], n, dtype=torch.int64)
    logits, h = lm_forward(prompt, model)
    for i in range(n):
        answer[:, i] = logits[:, -1].argmax(1)
        logits, h = lm_forward(answer[:, i : i + 1], model, h)
    return answer
