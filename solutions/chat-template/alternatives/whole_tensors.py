"""No loop over tokens: answers found with windows and running maxima, batches with one comparison of positions."""

import re
import unicodedata
from functools import reduce

import torch

SPECIALS = ("<|im_start|>", "<|im_end|>", "<|endoftext|>")
HEADER = torch.tensor([256, *b"assistant\n"])


def encode(text):
    known = {token: [256 + i] for i, token in enumerate(SPECIALS)}
    return sum((known.get(p, list(p.encode())) for p in re.split(r"(<\|(?:im_start|im_end|endoftext)\|>)", text)), [])


def canonical(text):
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def neutralise(text):
    return reduce(lambda left, token: left.replace(token, token.replace("<|", "< |")), SPECIALS, text)


def render_chat(messages, add_generation_prompt=False):
    first, rest = messages[:1], messages[1:]
    if {m["role"] for m in first} - {"system", "user", "assistant"} or {m["role"] for m in rest} - {
        "user",
        "assistant",
    }:
        raise ValueError("a role that may not stand here")
    if first and first[0]["role"] == "system" and not first[0]["content"].strip():
        first = []
    if not first + rest:
        raise ValueError("an empty conversation")
    pieces = ["<|im_start|>{}\n{}<|im_end|>\n".format(m["role"], neutralise(m["content"])) for m in first + rest]
    return "".join(pieces + ["<|im_start|>assistant\n"][: int(add_generation_prompt)])


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("how many shots?")
    allowed = list(filter(lambda pair: canonical(pair[0]) != canonical(query), examples))
    pairs = [[{"role": "user", "content": q}, {"role": "assistant", "content": a}] for q, a in allowed]
    return sum(pairs[:n_shots], [{"role": "system", "content": instruction}]) + [{"role": "user", "content": query}]


def sft_labels(ids):
    x = torch.tensor(ids, dtype=torch.long)
    if len(x) <= len(HEADER):
        return [-100] * len(x)
    t = torch.arange(len(x))
    opened, closed = torch.full_like(x, -1), torch.full_like(x, -1)
    matches = (x.unfold(0, len(HEADER), 1) == HEADER).all(dim=1).nonzero().flatten() + len(HEADER)
    matches = matches[matches < len(x)]
    opened[matches] = matches
    closed[1:][x[:-1] == 257] = t[1:][x[:-1] == 257]  # the position after an end-of-turn token
    answering = opened.cummax(0).values > closed.cummax(0).values
    return x.where(answering, torch.tensor(-100)).tolist()


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(chat)) for chat in conversations]
    rows = [row if max_len is None else row[:max_len] for row in rows]
    lengths = torch.tensor([len(row) for row in rows])
    real = torch.arange(int(lengths.max())) < lengths[:, None]
    input_ids = torch.full(real.shape, pad_id, dtype=torch.int64)
    labels = torch.full(real.shape, -100, dtype=torch.int64)
    input_ids[real] = torch.tensor(sum(rows, []), dtype=torch.int64)
    labels[real] = torch.tensor(sum(map(sft_labels, rows), []), dtype=torch.int64)
    return input_ids, real, labels
