"""Filters as objects in a chain, in float64 inside; a writer that holds the texts and recurses."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Temperature:
    value: float

    def __post_init__(self):
        if self.value < 0:
            raise ValueError(f"temperature {self.value}")

    def __call__(self, logits):
        if self.value == 0:
            return Bar(logits.amax(-1)).first_only(logits)
        return (logits.double() / self.value).to(logits.dtype)


@dataclass(frozen=True)
class Bar:
    """The logit that each row must reach."""

    heights: torch.Tensor

    def __call__(self, logits):
        return logits.masked_fill(logits < self.heights[:, None], -float("inf"))

    def first_only(self, logits):
        reached = logits >= self.heights[:, None]
        return logits.masked_fill(reached.cumsum(-1) != reached.int(), -float("inf")).masked_fill(
            ~reached, -float("inf")
        )


@dataclass(frozen=True)
class TopK:
    k: int

    def __post_init__(self):
        if self.k < 1:
            raise ValueError(f"top-k {self.k}")

    def __call__(self, logits):
        V = logits.shape[1]
        if self.k >= V:
            return logits + 0
        return Bar(logits.detach().kthvalue(V - self.k + 1, dim=1).values)(logits)


@dataclass(frozen=True)
class TopP:
    p: float

    def __post_init__(self):
        if self.p < 0 or self.p > 1:
            raise ValueError(f"top-p {self.p}")

    def __call__(self, logits):
        if self.p == 1:
            return logits + 0
        heights = []
        for row in logits.detach().double():
            values, counts = row.unique(return_counts=True)
            worth = counts * (values - row.logsumexp(0)).exp()
            above = worth.sum() - worth.cumsum(0)
            enough = torch.nonzero(above < self.p - 1e-12)
            heights.append(values[enough[0, 0]] if len(enough) else values[-1])
        return Bar(torch.stack(heights).to(logits.dtype))(logits)


def greedy(logits):
    return torch.stack([torch.nonzero(row == row.max())[0, 0] for row in logits])


def apply_temperature(logits, temperature):
    return Temperature(temperature)(logits)


def top_k_filter(logits, k):
    return TopK(k)(logits)


def top_p_filter(logits, p):
    return TopP(p)(logits)


def next_token_probs(logits, temperature=1.0, top_k=None, top_p=None):
    chain = [Temperature(temperature)]
    chain += [TopK(top_k)] if top_k is not None else []
    chain += [TopP(top_p)] if top_p is not None else []
    for link in chain:
        logits = link(logits)
    return (logits - logits.logsumexp(dim=1, keepdim=True)).exp()


def sample(probs, dice):
    possible = [torch.nonzero(row)[:, 0] for row in probs]
    ids = []
    for row, some, number in zip(probs, possible, dice, strict=True):
        ends = row[some].double().cumsum(0)
        ids.append(some[min(int(torch.bucketize(number.double(), ends, right=True)), len(some) - 1)])
    return torch.stack(ids)


@dataclass(frozen=True)
class Writer:
    step: object
    settings: tuple
    eos_id: int

    def write(self, text, dice, ended):
        if dice.shape[1] == 0 or bool(ended.all()):
            return text
        token = sample(next_token_probs(self.step(text), *self.settings), dice[:, 0])
        token = torch.where(ended, self.eos_id, token)
        return self.write(torch.hstack([text, token[:, None]]), dice[:, 1:], ended | token.eq(self.eos_id))


def generate(step, ids, dice, eos_id, temperature=1.0, top_k=None, top_p=None):
    writer = Writer(step, (temperature, top_k, top_p), eos_id)
    text = writer.write(ids, dice, torch.zeros(ids.shape[0]).bool())
    return text.narrow(1, ids.shape[1], text.shape[1] - ids.shape[1])
