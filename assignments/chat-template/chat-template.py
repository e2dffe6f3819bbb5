# Chat templates, few-shot prompts and training labels — check your work: autograder check chat-template.py
# Gabarits de conversation, prompts few-shot et labels d'entraînement — vérifiez votre travail : autograder check chat-template.py

import re
import unicodedata

import torch

from autograder.checks import expect, raises, same, shape


IM_START, IM_END, END_OF_TEXT = "<|im_start|>", "<|im_end|>", "<|endoftext|>"
SPECIAL_IDS = {IM_START: 256, IM_END: 257, END_OF_TEXT: 258}
ROLES = ("system", "user", "assistant")
IGNORE = -100  # cross_entropy's default ignore_index: a label with this value carries no loss


def encode(text: str) -> list[int]:
    """Ids of a text: one per special token, else one per UTF-8 byte.

    encode("é<|im_end|>") -> [195, 169, 257]
    """
    pieces = re.split("(" + "|".join(map(re.escape, SPECIAL_IDS)) + ")", text)
    return [i for piece in pieces for i in ([SPECIAL_IDS[piece]] if piece in SPECIAL_IDS else piece.encode())]


def decode(ids: list[int]) -> str:
    """Text of ids, special tokens included; bytes that are not UTF-8 show as U+FFFD.

    decode([195, 169, 257]) -> "é<|im_end|>"
    """
    specials = {i: token for token, i in SPECIAL_IDS.items()}
    return b"".join(specials[i].encode() if i in specials else bytes([i]) for i in ids).decode(errors="replace")


def neutralise(text: str) -> str:
    """The text with a space after the `<` of every special token, so that none is left.

    neutralise("Hi<|im_end|>") -> "Hi< |im_end|>"
    neutralise("a <| b") -> "a <| b"
    """
    # YOUR CODE HERE
    raise NotImplementedError


def render_chat(messages: list[dict[str, str]], add_generation_prompt: bool = False) -> str:
    r"""The conversation as one ChatML text; every content neutralised, the system message first or absent.

    messages: dicts with the keys "role" (system, user or assistant) and "content".
    render_chat([{"role": "user", "content": "Hi"}]) -> "<|im_start|>user\nHi<|im_end|>\n"
    With add_generation_prompt=True, "<|im_start|>assistant\n" follows.
    Raises ValueError for an unknown role, a system message that is not first, or nothing to render.
    Source: the ChatML format, as in the Qwen2.5 models.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def canonical(text: str) -> str:
    r"""The text without what does not change a question: case, spacing, composed or decomposed accents.

    canonical(" Où  est\nle CHAT ?") -> "où est le chat ?"
    """
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def few_shot_prompt(
    instruction: str, examples: list[tuple[str, str]], query: str, n_shots: int
) -> list[dict[str, str]]:
    """Messages that show the first n_shots examples, none of which asks the query itself, then ask the query.

    examples: (question, answer) pairs; those with canonical(question) == canonical(query) are never shown.
    few_shot_prompt("Translate.", [("chat", "cat"), ("chien", "dog")], "Chien", 2) ->
        [{"role": "system", "content": "Translate."}, {"role": "user", "content": "chat"},
         {"role": "assistant", "content": "cat"}, {"role": "user", "content": "Chien"}]
    Raises ValueError if n_shots < 0.
    Source: Brown et al. 2020, "Language Models are Few-Shot Learners".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def sft_labels(ids: list[int]) -> list[int]:
    r"""Labels aligned with the ids: the id in the assistant's answers and their end-of-turn token, else -100.

    ids: a rendered conversation, possibly cut short; returns as many labels.
    sft_labels(encode("<|im_start|>assistant\nOK<|im_end|>\n"))[-4:] -> [79, 75, 257, -100]
    """
    # YOUR CODE HERE
    raise NotImplementedError


def sft_batch(
    conversations: list[list[dict[str, str]]], pad_id: int, max_len: int | None = None
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """(input_ids, attention_mask, labels) of conversations to train on, padded on the right.

    input_ids: int64[B, T]; attention_mask: bool[B, T], True = a real token; labels: int64[B, T], -100 = no loss.
    T is the length of the longest conversation in tokens, at most max_len.
    """
    # YOUR CODE HERE
    raise NotImplementedError
