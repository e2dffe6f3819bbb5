"""A Vocabulary class does the work and the functions are thin; batches grow column by column with zip_longest."""

import unicodedata
from collections import defaultdict
from itertools import zip_longest

import torch


class Vocabulary:
    SILENT = frozenset({"<pad>", "<s>", "</s>"})

    def __init__(self, tokens):
        self.ids = {}
        for token in tokens:
            self.ids.setdefault(token, len(self.ids))

    @classmethod
    def from_ids(cls, ids):
        self = cls(())
        self.ids = dict(ids)
        return self

    @classmethod
    def from_counts(cls, counts, specials):
        buckets = defaultdict(list)
        for token, count in counts.items():
            buckets[count].append(token)
        ordered = (token for count in sorted(buckets, reverse=True) for token in sorted(buckets[count]))
        return cls((*specials, *ordered))

    def __getitem__(self, token):
        return self.ids[token if token in self.ids else "<unk>"]

    def text(self, numbers, glue):
        tokens = dict(map(reversed, self.ids.items()))
        return glue.join(token for token in map(tokens.get, numbers) if token not in self.SILENT)


def tokenize(text, level):
    match level:
        case "word":
            return unicodedata.normalize("NFC", text).split()
        case "char":
            return [*unicodedata.normalize("NFC", text)]
    raise ValueError(level)


def build_vocab(texts, level, specials=("<pad>", "<s>", "</s>", "<unk>")):
    counts = defaultdict(int)
    for text in texts:
        for token in tokenize(text, level):
            counts[token] += 1
    return Vocabulary.from_counts(counts, specials).ids


def encode(text, vocab, level):
    vocabulary = Vocabulary.from_ids(vocab)
    return [vocabulary[token] for token in ("<s>", *tokenize(text, level), "</s>")]


def decode(ids, vocab, level):
    return Vocabulary.from_ids(vocab).text(ids, " " if level == "word" else "")


class Filling:
    """What stands where a row has ended; unlike any id."""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [list(row) for row in ids]
    for row in rows:
        if max_len is not None:
            del row[max_len - 1 : -1]
        if side == "left":
            row.reverse()
    columns = list(zip_longest(*rows, fillvalue=Filling))
    if side == "left":
        columns.reverse()
    if not columns:
        return torch.empty(len(rows), 0, dtype=torch.int64), torch.empty(len(rows), 0, dtype=torch.bool)
    padded = torch.tensor([[pad_id if cell is Filling else cell for cell in column] for column in columns])
    mask = torch.tensor([[cell is not Filling for cell in column] for column in columns])
    return padded.long().T, mask.T
