"""Objects that read one token at a time, sequence by sequence, number by number where it is small."""

import math

import torch


def rnn_cell(x_t, h, W, U, b):
    rows = [torch.tanh(W.T @ x_row + U.T @ h_row + b) for x_row, h_row in zip(x_t, h, strict=False)]
    return torch.stack(rows)


class Layer:
    def __init__(self, weights, state):
        self.weights, self.state = weights, state

    def read(self, vectors):
        self.state = rnn_cell(vectors, self.state, self.weights["W"], self.weights["U"], self.weights["b"])
        return self.state


class Stack:
    def __init__(self, params, batch, dtype, h0):
        H = params[0]["U"].shape[0]
        states = [torch.zeros(batch, H, dtype=dtype) for _ in params] if h0 is None else h0.unbind(0)
        self.layers = [Layer(weights, state) for weights, state in zip(params, states, strict=False)]

    def read(self, vectors):
        for layer in self.layers:
            vectors = layer.read(vectors)
        return vectors

    def states(self):
        return torch.stack([layer.state for layer in self.layers])


def rnn_forward(x, params, h0=None):
    stack = Stack(params, x.shape[0], x.dtype, h0)
    out = [stack.read(x[:, t]).unsqueeze(1) for t in range(x.shape[1])]
    return torch.cat(out, 1), stack.states()


class Reader:
    """A model with the states of what it has read."""

    def __init__(self, model, h0=None):
        self.model, self.states = model, h0

    def read(self, tokens):
        vectors = self.model["embedding"][tokens].unsqueeze(1)
        out, self.states = rnn_forward(vectors, self.model["layers"], self.states)
        return out[:, 0] @ self.model["W_out"] + self.model["b_out"]


def next_token_losses(ids, model, h0=None):
    reader, losses = Reader(model, h0), []
    for now, then in zip(ids.T[:-1], ids.T[1:], strict=False):
        log_p = torch.log_softmax(reader.read(now), dim=-1)
        losses.append(-log_p[torch.arange(len(then)), then])
    return torch.stack(losses, dim=1), reader.states


def _total(ids, model, k, states):
    if ids.shape[1] < 2:
        return 0.0
    losses, states = next_token_losses(ids[:, : k + 1], model, states)
    return float(losses.sum()) + _total(ids[:, k:], model, k, states)


def perplexity_by_blocks(ids, model, k):
    predictions = ids.shape[0] * (ids.shape[1] - 1)
    return math.exp(_total(ids, model, k, None) / predictions)


def generate(prompt, model, n):
    texts = []
    for row in prompt:
        reader, text = Reader(model), []
        for token in row:
            scores = reader.read(token[None])
        for _ in range(n):
            text.append(scores[0].tolist().index(max(scores[0].tolist())))
            scores = reader.read(torch.tensor(text[-1:]))
        texts.append(text)
    return torch.tensor(texts, dtype=torch.int64).reshape(len(prompt), n)
