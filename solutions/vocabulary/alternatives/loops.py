"""Plain loops and lists: nothing but what the first weeks of Python teach; tensors only at the very end."""

import unicodedata

import torch


def tokenize(text, level):
    text = unicodedata.normalize("NFC", text)
    tokens = []
    if level == "char":
        for character in text:
            tokens.append(character)
    elif level == "word":
        word = ""
        for character in text + " ":
            if not character.isspace():
                word += character
            elif word:
                tokens.append(word)
                word = ""
    else:
        raise ValueError("unknown level: " + str(level))
    return tokens


def build_vocab(texts, level, specials=("<pad>", "<s>", "</s>", "<unk>")):
    vocab = {}
    for special in specials:
        vocab[special] = len(vocab)
    counts = {}
    for text in texts:
        for token in tokenize(text, level):
            if token in vocab:
                continue
            if token not in counts:
                counts[token] = 0
            counts[token] += 1
    while counts:
        best = None
        for token in counts:
            if best is None or counts[token] > counts[best] or (counts[token] == counts[best] and token < best):
                best = token
        vocab[best] = len(vocab)
        del counts[best]
    return vocab


def encode(text, vocab, level):
    ids = [vocab["<s>"]]
    for token in tokenize(text, level):
        if token in vocab:
            ids.append(vocab[token])
        else:
            ids.append(vocab["<unk>"])
    ids.append(vocab["</s>"])
    return ids


def decode(ids, vocab, level):
    text = ""
    for number in ids:
        for token in vocab:
            if vocab[token] == number and token != "<pad>" and token != "<s>" and token != "</s>":
                if level == "word" and text:
                    text += " "
                text += token
    return text


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side != "left" and side != "right":
        raise ValueError("unknown side: " + str(side))
    width = 0
    for row in ids:
        width = max(width, len(row))
    if max_len is not None:
        width = min(width, max_len)
    padded = []
    mask = []
    for row in ids:
        values = []
        real = []
        for position in range(min(len(row), width)):
            values.append(row[position])
            real.append(True)
        if len(row) > width:
            values[-1] = row[-1]
        while len(values) < width:
            if side == "right":
                values.append(pad_id)
                real.append(False)
            else:
                values.insert(0, pad_id)
                real.insert(0, False)
        padded += values
        mask += real
    size = len(ids), width
    return torch.tensor(padded, dtype=torch.int64).reshape(size), torch.tensor(mask, dtype=torch.bool).reshape(size)
