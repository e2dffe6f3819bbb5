"""Index arithmetic: the whole batch at once, from the lengths of the rows, one flat tensor and masked_scatter."""

import re
import unicodedata

import numpy as np
import torch

PATTERNS = {"word": re.compile(r"\S+"), "char": re.compile(r".", re.DOTALL)}


def tokenize(text, level):
    if level not in PATTERNS:
        raise ValueError(f"no such level: {level}")
    if level == "word":
        return unicodedata.normalize("NFC", text).split()
    return PATTERNS[level].findall(unicodedata.normalize("NFC", text))


def build_vocab(texts, level, specials=("<pad>", "<s>", "</s>", "<unk>")):
    tokens = [token for text in texts for token in tokenize(text, level)]
    kept = np.array([token for token in tokens if token not in set(specials)], dtype=object)
    distinct, counts = np.unique(kept, return_counts=True)
    by_count = np.argsort(-counts, kind="stable")
    names = list(specials) + distinct[by_count].tolist()
    return dict(zip(names, range(len(names)), strict=True))


def encode(text, vocab, level):
    tokens = ["<s>"] + [token if token in vocab else "<unk>" for token in tokenize(text, level)] + ["</s>"]
    return list(map(vocab.__getitem__, tokens))


def decode(ids, vocab, level):
    names = np.array(sorted(vocab, key=vocab.get), dtype=object)
    numbers = np.array(ids, dtype=np.int64)
    silent = [vocab[name] for name in ("<pad>", "<s>", "</s>") if name in vocab]
    chosen = names[numbers[~np.isin(numbers, silent)]]
    return {"word": " ", "char": ""}[level].join(chosen)


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in {"left", "right"}:
        raise ValueError(f"no such side: {side}")
    lengths = torch.tensor([len(row) for row in ids], dtype=torch.int64)
    if max_len is not None:
        lengths = lengths.clamp(max=max_len)
    width = int(lengths.max()) if len(ids) else 0
    positions = torch.arange(width).expand(len(ids), width)
    mask = positions < lengths[:, None] if side == "right" else positions >= width - lengths[:, None]
    flat = []
    for row, length in zip(ids, lengths.tolist(), strict=True):
        flat += row[:length]
        if len(row) > length:
            flat[-1] = row[-1]
    filling = torch.full((len(ids), width), pad_id, dtype=torch.long)
    return filling.masked_scatter(mask, torch.tensor(flat, dtype=torch.long)), mask
