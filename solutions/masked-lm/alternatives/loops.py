"""Nested loops, one token at a time, in plain Python numbers."""

import math

import torch


def mask_tokens(ids, special, vocab_size, rng, p=0.15):
    rows, columns = ids.shape
    choosing = rng(rows, columns).tolist()
    deciding = rng(rows, columns).tolist()
    naming = rng(rows, columns).tolist()
    forbidden = set(special.values())
    inputs, labels = [], []
    for b in range(rows):
        inputs.append([])
        labels.append([])
        for t in range(columns):
            token = int(ids[b, t])
            if token in forbidden or choosing[b][t] >= p:
                inputs[b].append(token)
                labels[b].append(-100)
                continue
            labels[b].append(token)
            if deciding[b][t] < 0.8:
                inputs[b].append(special["[MASK]"])
            elif deciding[b][t] < 0.9:
                inputs[b].append(math.floor(naming[b][t] * vocab_size))
            else:
                inputs[b].append(token)
    size = (rows, columns)
    return torch.tensor(inputs).long().reshape(size), torch.tensor(labels).long().reshape(size)


def span_corrupt(ids, spans, first_sentinel):
    owner = [None] * len(ids)
    ordered = sorted(spans, key=lambda span: span[0])
    for number, (start, end) in enumerate(ordered):
        if start < 0 or end > len(ids) or start >= end:
            raise ValueError("a span must lie in the text and hold a token")
        for t in range(start, end):
            if owner[t] is not None:
                raise ValueError("two spans share a token")
            owner[t] = number
    inputs, targets, last = [], [], None
    for t, token in enumerate(ids.tolist()):
        if owner[t] is None:
            inputs.append(token)
        else:
            if owner[t] != last:
                inputs.append(first_sentinel - owner[t])
                targets.append(first_sentinel - owner[t])
            targets.append(token)
        last = owner[t]
    targets.append(first_sentinel - len(ordered))
    return torch.LongTensor(inputs), torch.LongTensor(targets)


def masked_mean_pool(hidden, mask):
    answers = []
    for b in range(hidden.shape[0]):
        total, count = hidden.new_zeros(hidden.shape[2]), 0
        for t in range(hidden.shape[1]):
            if mask[b, t]:
                total = total + hidden[b, t]
                count += 1
        answers.append(total / count if count else total)
    return torch.stack(answers)


def classification_logits(hidden, mask, weight, bias):
    rows = []
    for vector in masked_mean_pool(hidden, mask):
        rows.append(torch.stack([(vector * line).sum() + offset for line, offset in zip(weight, bias, strict=True)]))
    return torch.stack(rows)


def macro_f1(predicted, gold):
    said, true = predicted.tolist(), gold.tolist()
    if not true:
        raise ValueError("nothing to mark")
    total, classes = 0.0, sorted(set(said) | set(true))
    for c in classes:
        hits = wrong = missed = 0
        for guess, answer in zip(said, true, strict=True):
            hits += guess == c and answer == c
            wrong += guess == c and answer != c
            missed += guess != c and answer == c
        if hits:
            precision, recall = hits / (hits + wrong), hits / (hits + missed)
            total += 2 * precision * recall / (precision + recall)
    return total / len(classes)
