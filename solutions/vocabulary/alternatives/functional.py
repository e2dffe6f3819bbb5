"""Small expressions: sorts that rely on stability, dictionaries merged, each row padded by F.pad and stacked."""

import unicodedata
from collections import Counter
from itertools import chain, count

import torch
import torch.nn.functional as F

CUTS = {"word": str.split, "char": list}
GLUE = {"word": " ", "char": ""}


def tokenize(text, level):
    cut = CUTS.get(level)
    if cut is None:
        raise ValueError(f"level must be one of {sorted(CUTS)}")
    return cut(unicodedata.normalize("NFC", text))


def build_vocab(texts, level, specials=("<pad>", "<s>", "</s>", "<unk>")):
    counts = Counter(chain.from_iterable(tokenize(text, level) for text in texts))
    ranked = [token for token, _ in Counter(dict(sorted(counts.items()))).most_common()]
    return dict(zip(dict.fromkeys([*specials, *ranked]), count()))


def encode(text, vocab, level):
    return [vocab[t] if t in vocab else vocab["<unk>"] for t in chain(["<s>"], tokenize(text, level), ["</s>"])]


def decode(ids, vocab, level):
    spelling = {number: {"<pad>": None, "<s>": None, "</s>": None}.get(token, token) for token, number in vocab.items()}
    return GLUE[level].join(spelling[number] for number in ids if spelling[number] is not None)


def shorten(row, max_len):
    return row if max_len is None or max_len >= len(row) else torch.cat([row[: max_len - 1], row[-1:]])


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ["left", "right"]:
        raise ValueError(f"side must be left or right, not {side}")
    rows = [shorten(torch.tensor(row, dtype=torch.int64), max_len) for row in ids]
    if not rows:
        return torch.zeros(0, 0, dtype=torch.int64), torch.zeros(0, 0, dtype=torch.bool)
    width = max(map(len, rows))
    ends = [(0, width - len(row)) if side == "right" else (width - len(row), 0) for row in rows]
    padded = torch.stack([F.pad(row, end, value=pad_id) for row, end in zip(rows, ends, strict=True)])
    mask = [F.pad(torch.ones_like(row), end) for row, end in zip(rows, ends, strict=True)]
    return padded, torch.stack(mask) == 1
