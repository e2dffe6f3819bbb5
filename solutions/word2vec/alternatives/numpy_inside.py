"""NumPy in the middle, torch at both ends; `np.add.at` adds up the repeats."""

import itertools

import numpy as np
import torch


def _known(ids, count):
    array = np.asarray(ids)
    if np.any((array < 0) | (array >= count)):
        raise IndexError(f"ids go from 0 to {count - 1}")
    return array


def one_hot(ids, n):
    wanted = _known(ids, n)
    return torch.from_numpy(np.equal.outer(wanted, np.arange(n)).astype(np.float32))


def embedding_lookup(table, ids):
    return torch.from_numpy(np.take(table.numpy(), _known(ids, table.shape[0]), axis=0))


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in {"skipgram", "cbow"}:
        raise ValueError("window >= 1, mode skipgram or cbow")
    offsets = [step for step in range(-window, window + 1) if step]

    def context(sentence, place):
        return [sentence[place + step] for step in offsets if 0 <= place + step < len(sentence)]

    gaps = ((context(s, place), word) for s in sentences for place, word in enumerate(s))
    if mode == "cbow":
        return list(filter(lambda gap: gap[0], gaps))
    return list(itertools.chain.from_iterable(zip(itertools.repeat(word), near) for near, word in gaps))


def _mean(contexts, mask, table):
    weights = mask / mask.sum(axis=1, keepdims=True)
    return weights.astype(table.dtype), np.matmul(weights[:, None, :].astype(table.dtype), table[contexts])[:, 0]


def cbow_forward(contexts, mask, V_in, V_out):
    _, hidden = _mean(contexts.numpy(), mask.numpy(), V_in.numpy())
    return torch.from_numpy(hidden), torch.from_numpy(hidden @ V_out.numpy().T)


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    inner, outer, places, truth = V_in.numpy(), V_out.numpy(), contexts.numpy(), centres.numpy()
    weights, hidden = _mean(places, mask.numpy(), inner)
    scores = hidden @ outer.T
    examples = np.arange(len(truth))
    normaliser = np.logaddexp.reduce(scores, axis=1)
    loss = np.mean(normaliser - scores[examples, truth])
    error = np.exp(scores - normaliser[:, None])
    error[examples, truth] -= 1
    error /= len(truth)
    grad_in = np.zeros(inner.shape, inner.dtype)
    np.add.at(grad_in, places, weights[:, :, None] * (error @ outer)[:, None, :])
    return torch.tensor(loss), torch.from_numpy(grad_in), torch.from_numpy(error.T @ hidden)


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    inner, outer = V_in.numpy(), V_out.numpy()
    c, judged = centre.numpy(), np.column_stack([outside.numpy(), negatives.numpy()])
    labels = np.zeros(judged.shape, inner.dtype)
    labels[:, 0] = 1
    scores = np.einsum("bkd,bd->bk", outer[judged], inner[c])
    loss = (np.logaddexp(0, scores) - labels * scores).sum() / len(c)
    slope = ((1 + np.tanh(scores / 2)) / 2 - labels) / len(c)
    grad_in, grad_out = np.zeros(inner.shape, inner.dtype), np.zeros(outer.shape, outer.dtype)
    np.add.at(grad_in, c, np.matmul(slope[:, None, :], outer[judged])[:, 0])
    np.add.at(grad_out, judged, slope[:, :, None] * inner[c][:, None, :])
    return torch.tensor(loss, dtype=V_in.dtype), torch.from_numpy(grad_in), torch.from_numpy(grad_out)
