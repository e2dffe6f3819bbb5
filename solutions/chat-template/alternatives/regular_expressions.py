"""Ids as characters, so that regular expressions find the answers; rows joined by torch's pad_sequence."""

import re
import unicodedata

import torch
from torch.nn.utils.rnn import pad_sequence

SPECIAL_IDS = {"<|im_start|>": 256, "<|im_end|>": 257, "<|endoftext|>": 258}
SPECIAL = re.compile(r"<(\|(?:im_start|im_end|endoftext)\|>)")
ANSWER = re.compile("Āassistant\n([^ā]*ā?)")  # chr(256) opens a turn, chr(257) closes it


def encode(text):
    ids, after = [], 0
    for token in SPECIAL.finditer(text):
        ids += text[after : token.start()].encode()
        ids.append(SPECIAL_IDS[token[0]])
        after = token.end()
    return ids + list(text[after:].encode())


def canonical(text):
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.strip()).casefold())


def neutralise(text):
    return SPECIAL.sub(r"< \1", text)


def render_chat(messages, add_generation_prompt=False):
    roles = " ".join(message["role"] for message in messages)
    known = all(re.fullmatch("system|user|assistant", message["role"]) for message in messages)
    if not known or not re.fullmatch(r"(system)?(\s?(user|assistant))*", roles):
        raise ValueError(f"roles {roles!r}")
    rendered = ""
    for message in messages:
        if message["role"] != "system" or re.search(r"\S", message["content"]):
            rendered += "".join(["<|im_start|>", message["role"], "\n", neutralise(message["content"]), "<|im_end|>\n"])
    if not rendered:
        raise ValueError("no turn at all")
    return rendered + "<|im_start|>assistant\n" * add_generation_prompt


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError(n_shots)
    texts = [instruction]
    for question, answer in examples:
        if len(texts) < 1 + 2 * n_shots and canonical(question) != canonical(query):
            texts += [question, answer]
    texts.append(query)
    return [
        {"role": "system" if place == 0 else "user" if place % 2 else "assistant", "content": text}
        for place, text in enumerate(texts)
    ]


def sft_labels(ids):
    labels = [-100] * len(ids)
    for answer in ANSWER.finditer("".join(map(chr, ids))):
        labels[slice(*answer.span(1))] = map(ord, answer[1])
    return labels


def sft_batch(conversations, pad_id, max_len=None):
    rows = [torch.tensor(encode(render_chat(chat))[:max_len]) for chat in conversations]
    labels = [torch.tensor(sft_labels(row.tolist())) for row in rows]
    real = [torch.ones_like(row, dtype=torch.bool) for row in rows]
    return (
        pad_sequence(rows, batch_first=True, padding_value=pad_id),
        pad_sequence(real, batch_first=True, padding_value=False),
        pad_sequence(labels, batch_first=True, padding_value=-100),
    )
