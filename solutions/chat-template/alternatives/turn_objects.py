"""A class for a turn and a generator for the labels; shots drawn lazily, columns filled by zip_longest."""

import unicodedata
from dataclasses import dataclass
from itertools import islice, zip_longest

import torch

OPEN, CLOSE, STOP = SPECIALS = ["<|im_start|>", "<|im_end|>", "<|endoftext|>"]


def encode(text):
    ids = []
    while text:
        number = next((256 + n for n, token in enumerate(SPECIALS) if text.startswith(token)), None)
        if number is None:
            ids.extend(text[0].encode())
            text = text[1:]
        else:
            ids.append(number)
            text = text[len(SPECIALS[number - 256]) :]
    return ids


def canonical(text):
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def neutralise(text):
    for token in SPECIALS:
        text = ("< " + token[1:]).join(text.split(token))
    return text


@dataclass
class Turn:
    role: str
    content: str

    def __post_init__(self):
        if self.role not in {"system", "user", "assistant"}:
            raise ValueError(f"no such role: {self.role}")

    @property
    def silent(self):
        return self.role == "system" and (not self.content or self.content.isspace())

    def __str__(self):
        return f"{OPEN}{self.role}\n{neutralise(self.content)}{CLOSE}\n"


def render_chat(messages, add_generation_prompt=False):
    turns = [Turn(**message) for message in messages]
    if "system" in [turn.role for turn in turns][1:]:
        raise ValueError("a late system message")
    text = "".join(str(turn) for turn in turns if not turn.silent)
    if text == "":
        raise ValueError("silence")
    if add_generation_prompt:
        text += OPEN + "assistant\n"
    return text


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots is negative")

    def conversation():
        yield Turn("system", instruction)
        for question, answer in islice((e for e in examples if canonical(e[0]) != canonical(query)), n_shots):
            yield Turn("user", question)
            yield Turn("assistant", answer)
        yield Turn("user", query)

    return [vars(turn) for turn in conversation()]


def _labels(ids):
    seen, header = 0, [256, *b"assistant\n"]  # how many ids of the header have just been read
    for token in ids:
        if seen == len(header):
            yield token
            seen = 0 if token == 257 else seen
        else:
            seen = seen + 1 if token == header[seen] else int(token == header[0])
            yield -100


def sft_labels(ids):
    return list(_labels(ids))


def sft_batch(conversations, pad_id, max_len=None):
    rows = [list(islice(encode(render_chat(chat)), max_len)) for chat in conversations]

    def rectangle(lists, fill):
        return torch.tensor(list(zip_longest(*lists, fillvalue=fill))).T.contiguous()

    return (
        rectangle(rows, pad_id),
        rectangle([[True] * len(row) for row in rows], False),
        rectangle([list(_labels(row)) for row in rows], -100),
    )
