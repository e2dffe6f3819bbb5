"""Small classes with a forward and a backward step, scatter for the repeats, float64 on the inside."""

from dataclasses import dataclass

import torch
from torch.nn.functional import softplus


@dataclass(frozen=True)
class Table:
    rows: torch.Tensor

    def check(self, ids):
        size = self.rows.shape[0]
        inside = torch.logical_and(ids.ge(0), ids.lt(size))
        if not bool(inside.all()):
            raise IndexError(f"the table has rows 0 to {size - 1}")

    def read(self, ids):
        self.check(ids)
        return torch.index_select(self.rows, 0, ids.reshape(-1)).reshape(tuple(ids.shape) + (self.rows.shape[1],))

    def receive(self, ids, amounts):
        total = torch.zeros(self.rows.shape, dtype=torch.float64)
        where = ids.reshape(-1, 1).expand(-1, self.rows.shape[1])
        return total.scatter_add(0, where, amounts.reshape(where.shape).double()).to(self.rows.dtype)


class Window:
    def __init__(self, size):
        if size < 1:
            raise ValueError("a window holds one word at least on each side")
        self.size = size

    def around(self, sentence):
        for place, centre in enumerate(sentence):
            start = place - self.size if place > self.size else 0
            around = list(sentence[start : place + self.size + 1])
            del around[place - start]
            yield around, centre


class Mean:
    def __init__(self, mask):
        real = mask.double()
        self.share = (real / real.sum(-1, keepdim=True)).unsqueeze(-1)

    def forward(self, rows):
        return torch.sum(rows.double() * self.share, dim=-2)

    def backward(self, grad):
        return self.share * grad.unsqueeze(-2)


class CrossEntropy:
    def __init__(self, scores, targets):
        self.log_p = torch.log_softmax(scores, -1)
        self.targets = targets.unsqueeze(-1)

    def forward(self):
        return self.log_p.gather(-1, self.targets).neg().mean()

    def backward(self):
        ones = torch.ones(self.targets.shape, dtype=self.log_p.dtype)
        return torch.exp(self.log_p).scatter_add(-1, self.targets, -ones).div(len(self.targets))


def one_hot(ids, n):
    return Table(torch.eye(n)).read(ids)


def embedding_lookup(table, ids):
    return Table(table).read(ids)


def pairs(sentences, window, mode="skipgram"):
    span = Window(window)
    gaps = [(around, centre) for sentence in sentences for around, centre in span.around(sentence) if around]
    match mode:
        case "cbow":
            return gaps
        case "skipgram":
            return [(centre, word) for around, centre in gaps for word in around]
    raise ValueError("the mode is skipgram or cbow")


def cbow_forward(contexts, mask, V_in, V_out):
    mean = Mean(mask).forward(Table(V_in).read(contexts))
    return mean.to(V_in.dtype), torch.inner(mean, V_out.double()).to(V_in.dtype)


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    table, mean = Table(V_in), Mean(mask)
    hidden = mean.forward(table.read(contexts))
    entropy = CrossEntropy(torch.inner(hidden, V_out.double()), centres)
    error = entropy.backward()
    grad_out = torch.tensordot(error, hidden, dims=([0], [0])).to(V_out.dtype)
    grad_in = table.receive(contexts, mean.backward(torch.tensordot(error, V_out.double(), dims=1)))
    return entropy.forward().to(V_in.dtype), grad_in, grad_out


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    given, judged = Table(V_in), Table(V_out)
    v = given.read(centre).double().unsqueeze(1)
    loss = torch.zeros((), dtype=torch.float64)
    grad_in, grad_out = torch.zeros_like(V_in), torch.zeros_like(V_out)
    for words, truth in ((outside.unsqueeze(1), 1.0), (negatives, 0.0)):
        u = judged.read(words).double()
        score = torch.sum(u * v, dim=-1)
        loss = loss + torch.sum(softplus(score) - truth * score)
        slope = ((torch.sigmoid(score) - truth) / len(centre)).unsqueeze(-1)
        grad_in = grad_in + given.receive(centre, torch.sum(slope * u, dim=1))
        grad_out = grad_out + judged.receive(words, slope * v)
    return (loss / len(centre)).to(V_in.dtype), grad_in, grad_out
