"""Plain Python loops, one example and one word at a time; only scalars and rows of torch."""

import math

import torch


def one_hot(ids, n):
    flat = ids.reshape(-1).tolist()
    if any(i not in range(n) for i in flat):
        raise IndexError("an id is not in the vocabulary")
    rows = [[1.0 if j == i else 0.0 for j in range(n)] for i in flat]
    return torch.tensor(rows, dtype=torch.float32).reshape(*ids.shape, n)


def embedding_lookup(table, ids):
    V, D = table.shape
    chosen = []
    for i in ids.reshape(-1).tolist():
        if not 0 <= i < V:
            raise IndexError(f"no row {i}")
        chosen.append(table[i])
    rows = torch.stack(chosen) if chosen else table.new_zeros(0, D)
    return rows.reshape(*ids.shape, D)


def pairs(sentences, window, mode="skipgram"):
    if window <= 0:
        raise ValueError("the window holds no word")
    if mode == "skipgram":
        return _skipgram(sentences, window)
    if mode == "cbow":
        return _cbow(sentences, window)
    raise ValueError(f"unknown mode {mode}")


def _neighbours(sentence, place, window):
    for other in range(place - window, place + window + 1):
        if other != place and 0 <= other < len(sentence):
            yield sentence[other]


def _skipgram(sentences, window):
    found = []
    for sentence in sentences:
        for place in range(len(sentence)):
            for word in _neighbours(sentence, place, window):
                found.append((sentence[place], word))
    return found


def _cbow(sentences, window):
    found = []
    for sentence in sentences:
        for place in range(len(sentence)):
            context = list(_neighbours(sentence, place, window))
            if len(context) > 0:
                found.append((context, sentence[place]))
    return found


def cbow_forward(contexts, mask, V_in, V_out):
    hidden = torch.zeros(len(contexts), V_in.shape[1], dtype=V_in.dtype)
    for b in range(len(contexts)):
        count = 0
        for c in range(contexts.shape[1]):
            if mask[b, c]:
                hidden[b] += V_in[contexts[b, c]]
                count += 1
        hidden[b] /= count
    scores = torch.zeros(len(contexts), len(V_out), dtype=V_in.dtype)
    for b in range(len(contexts)):
        for word in range(len(V_out)):
            scores[b, word] = hidden[b].dot(V_out[word])
    return hidden, scores


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    hidden, scores = cbow_forward(contexts, mask, V_in, V_out)
    B = len(centres)
    loss = torch.zeros((), dtype=V_in.dtype)
    grad_in, grad_out = torch.zeros_like(V_in), torch.zeros_like(V_out)
    for b in range(B):
        top = scores[b].max()
        weights = torch.exp(scores[b] - top)
        total = weights.sum()
        loss += (top + total.log() - scores[b, centres[b]]) / B
        grad_hidden = torch.zeros_like(hidden[b])
        for word in range(len(V_out)):
            error = (weights[word] / total - (1.0 if word == centres[b] else 0.0)) / B
            grad_out[word] += error * hidden[b]
            grad_hidden += error * V_out[word]
        real = [contexts[b, c].item() for c in range(contexts.shape[1]) if mask[b, c]]
        for word in real:
            grad_in[word] += grad_hidden / len(real)
    return loss, grad_in, grad_out


def _log_sigmoid(x):
    return -math.log1p(math.exp(-x)) if x >= 0 else x - math.log1p(math.exp(x))


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    B = len(centre)
    loss = 0.0
    grad_in, grad_out = torch.zeros_like(V_in), torch.zeros_like(V_out)
    for c, o, ns in zip(centre.tolist(), outside.tolist(), negatives.tolist(), strict=True):
        for word, truth in [(o, 1)] + [(n, 0) for n in ns]:
            score = V_in[c].dot(V_out[word]).item()
            loss -= _log_sigmoid(score if truth else -score) / B
            slope = (math.exp(_log_sigmoid(score)) - truth) / B
            grad_in[c] += slope * V_out[word]
            grad_out[word] += slope * V_in[c]
    return torch.tensor(loss, dtype=V_in.dtype), grad_in, grad_out
