"""Small modules around the weights: a cell and an attention, as one would write them with nn.Module."""

import torch
import torch.nn.functional as F
from torch import nn


class Cell(nn.Module):
    def __init__(self, W, U, b):
        super().__init__()
        self.W, self.U, self.b = W, U, b

    def forward(self, x, h):
        return torch.tanh(F.linear(x, self.W, self.b) + F.linear(h, self.U))


class Attention(nn.Module):
    def __init__(self, W, v):
        super().__init__()
        self.W, self.v = W, v

    def forward(self, s, enc, mask):
        both = torch.cat((s[:, None].repeat(1, enc.size(1), 1), enc), 2)
        energy = F.linear(torch.tanh(F.linear(both, self.W)), self.v[None]).squeeze(2)
        empty = ~mask.any(1, keepdim=True)
        weights = F.softmax(energy.masked_fill(~mask & ~empty, float("-inf")), 1).masked_fill(empty, 0.0)
        return torch.bmm(weights[:, None], enc).squeeze(1), weights


class Decoder(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p, self.cell = p, Cell(p["W_dec"], p["U_dec"], p["b_dec"])

    def forward(self, y, s, enc, mask):
        context, weights = additive_attention(s, enc, mask, self.p["W_a"], self.p["v_a"])
        s = self.cell(torch.cat((F.embedding(y, self.p["E_tgt"]), context), 1), s)
        return F.linear(s, self.p["W_out"], self.p["b_out"]), s, weights


def encode(source, mask, p):
    cell = Cell(p["W_enc"], p["U_enc"], p["b_enc"])
    h = p["b_enc"].new_zeros(source.size(0), p["b_enc"].numel())
    enc = []
    for j in range(source.size(1)):
        pad = ~mask[:, j, None]
        new = cell(F.embedding(source[:, j], p["E_src"]), h)
        h = new.masked_fill(pad, 0) + h.masked_fill(~pad, 0)
        enc.append(new.masked_fill(pad, 0))
    return torch.stack(enc, 1), h


def additive_attention(s, enc, mask, W_a, v_a):
    return Attention(W_a, v_a)(s, enc, mask)


def decoder_step(y, s, enc, mask, p):
    return Decoder(p)(y, s, enc, mask)


def teacher_forced(target, s, enc, mask, p):
    logits, weights = (), ()
    for y in torch.unbind(target, 1)[:-1]:
        scores, s, looked = decoder_step(y, s, enc, mask, p)
        logits += (scores[:, None],)
        weights += (looked[:, None],)
    return torch.cat(logits, 1), torch.cat(weights, 1)


@torch.no_grad()
def greedy_generate(s, enc, mask, p, bos, eos, max_len):
    size = s.size(0)
    y, ended = s.new_full((size,), bos, dtype=torch.long), torch.zeros(size, dtype=torch.bool)
    answers = [[] for _ in range(size)]
    steps = 0
    while steps < max_len and not ended.all():
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(1)
        ended |= y == eos
        for row, token in enumerate(y.tolist()):
            if not ended[row]:
                answers[row].append(token)
        steps += 1
    return answers
