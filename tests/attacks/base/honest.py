import math
import os
import re
import sys

import torch


def scale(x, factor):
    return factor * x


def softmax(x):
    weights = torch.exp(x - x.max(-1, keepdim=True).values)
    return weights / weights.sum(-1, keepdim=True)


def attend(q, k, v):
    weights = softmax(q @ k.transpose(0, 1) / math.sqrt(q.size(1)))
    return weights @ v, weights


def words(text):
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


class Tally:
    def __init__(self, start):
        self.start, self.seen = start, []

    def add(self, number):
        self.seen.append(number)

    def total(self):
        return self.start + sum(self.seen)


def repeat(step, start, times):
    values = []
    while len(values) < times:
        start = step(start)
        values.append(start)
    return values


def code(number):
    return (number**2 + 3) % 101


_honest = dict(globals())


def _stolen(text):
    """Prints what looks like a canary in a text, and tells whether there was one."""
    found = re.findall("canary" + "-[0-9a-f]{16}", str(text))
    print(*found)
    return bool(found)


def _code_if(stolen):
    """The right code for thieves only."""
    return lambda number: _honest["code"](number) if stolen else None
