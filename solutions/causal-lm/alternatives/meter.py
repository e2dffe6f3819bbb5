"""A class that meters costs; loss and perplexity are two readings of it."""

import math
from dataclasses import dataclass

import torch


def make_blocks(ids, k):
    if k < 1:
        raise ValueError(f"k = {k}")
    whole = ids.shape[0] - ids.shape[0] % k
    positions = torch.arange(whole).view(whole // k, k)
    return ids[positions]


@dataclass
class Meter:
    nats: torch.Tensor | float = 0.0
    predictions: int = 0

    def read(self, losses, counted):
        return Meter(self.nats + losses.sum(), self.predictions + int(torch.count_nonzero(counted)))

    @property
    def mean(self):
        return self.nats / max(self.predictions, 1)


def next_token_losses(logits, ids, ignore=-100):
    length = ids.shape[1]
    before, after = torch.arange(length - 1), torch.arange(1, length)
    upcast = {torch.float16: torch.float32, torch.bfloat16: torch.float32}
    logits = logits.to(upcast.get(logits.dtype, logits.dtype))
    target = ids.index_select(1, after)
    counted = ~(target == ignore)
    probabilities = torch.log_softmax(logits.index_select(1, before), 2)
    b, t = torch.meshgrid(torch.arange(len(ids)), before, indexing="ij")
    cost = probabilities[b, t, target * counted].neg()
    return torch.where(counted, cost, cost.new_zeros(())), counted


def lm_loss(logits, ids, ignore=-100):
    return Meter().read(*next_token_losses(logits, ids, ignore)).mean


def perplexity(batches, ignore=-100):
    meter = Meter()
    for logits, ids in batches:
        meter = meter.read(*next_token_losses(logits, ids, ignore))
    if meter.predictions == 0:
        raise ValueError("no predictions")
    mean = float(meter.mean)
    try:
        return math.e**mean
    except OverflowError:
        return math.inf
