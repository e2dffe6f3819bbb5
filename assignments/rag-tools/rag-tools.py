# Retrieval and tools — check your work: autograder check rag-tools.py
# Recherche documentaire et outils — vérifiez votre travail : autograder check rag-tools.py

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, raises, same

INSTRUCTION = "Answer from the passages below and cite their numbers. If they do not hold the answer, say so."
NO_PASSAGE = "(no passage)"
OPEN, CLOSE = "<tool_call>", "</tool_call>"  # what stands before and after a call in a reply
MALFORMED = "malformed call"


def words(text: str) -> list[str]:
    """The words of a text in lower case. `words("L'été, déjà !") -> ["l", "été", "déjà"]`"""
    return re.findall(r"\w+", text.lower())


def bm25(query: list[str], docs: list[list[str]], k1: float = 1.2, b: float = 0.75) -> list[float]:
    """How well each document matches the words of the query: BM25, in the variant of Lucene.

    query: words, of which a repeated one counts each time; docs: N lists of words, possibly empty.
    k1 >= 0: how late repetition saturates; 0 <= b <= 1: how much length is discounted.
    Returns N floats in the order of the documents, all >= 0.
    bm25(["fox"], [["fox", "fox", "crow"], ["crow"]], k1=2.0, b=1.0) -> [0.4 * ln 2, 0.0]
    Source: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; the variant:
    Kamphuis et al. 2020, "Which BM25 Do You Mean?", table 1, row "Lucene (accurate)".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def cosine_topk(query: Tensor, docs: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """The documents whose vectors make the smallest angles with the query's, nearest first.

    query: [d]; docs: [N, d], of the same floating dtype, each norm 0 or between 1e-15 and 1e15; both left
    unmodified; k >= 0.
    Returns (indices: int64[K], scores: [K] in the dtype of docs), K = min(k, N); of equal scores the lower row
    number comes first; the score of a vector of zeros is 0.
    cosine_topk(tensor([2., 0.]), tensor([[0., 5.], [3., 4.], [1., 0.]]), 2) -> (tensor([2, 1]), tensor([1.0, 0.6]))
    Source: Salton, Wong and Yang 1975, "A Vector Space Model for Automatic Indexing".
    """
    # YOUR CODE HERE
    raise NotImplementedError


def chunk(tokens: list[Any], size: int, overlap: int) -> list[list[Any]]:
    """Windows of `size` tokens of which neighbours share `overlap`; the last is the first that reaches the end.

    chunk([1, 2, 3, 4, 5, 6, 7], 4, 2) -> [[1, 2, 3, 4], [3, 4, 5, 6], [5, 6, 7]]
    chunk([], 4, 2) -> []
    Raises ValueError unless 0 <= overlap < size.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def build_prompt(question: str, passages: list[str], max_words: int = 300) -> str:
    r"""The prompt that asks a question about numbered passages, best first, within a budget of words.

    question: at least one word; passages: best first; max_words >= 0: of passages, whole ones only; the first that
    does not fit ends the list.
    build_prompt("Who?", ["A  fox."]) -> INSTRUCTION + "\n\n[1] A fox.\n\nQuestion: Who?\nAnswer:"
    build_prompt("Who?", []) -> INSTRUCTION + "\n\n(no passage)\n\nQuestion: Who?\nAnswer:"
    """
    # YOUR CODE HERE
    raise NotImplementedError


def parse_call(text: str) -> dict[str, Any] | None:
    """The tool call in a model's reply, None when there is none; a malformed one is told, not raised.

    parse_call("42") -> None
    parse_call('<tool_call>{"name": "now"}</tool_call>') -> {"name": "now", "arguments": {}}
    parse_call("<tool_call>now()</tool_call>") -> {"error": MALFORMED}
    """
    # YOUR CODE HERE
    raise NotImplementedError


def run_tool(call: dict[str, Any], tools: dict[str, Callable[..., Any]]) -> str:
    """What the model reads back after a call: the tool's value as a text, or what went wrong.

    call: {"name": …, "arguments": …} or {"error": …}, as `parse_call` returns it.
    run_tool({"name": "add", "arguments": {"a": 1, "b": 2}}, {"add": lambda a, b: a + b}) -> "3"
    run_tool({"name": "rm", "arguments": {}}, {}) -> "error: unknown tool rm"
    Never raises an Exception.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def run_agent(
    llm: Callable[[list[dict[str, str]]], str], tools: dict[str, Callable[..., Any]], question: str, max_steps: int
) -> tuple[str | None, list[dict[str, str]]]:
    """(answer, messages) of a model that may call tools: model and tools take turns until it answers.

    llm: from the messages so far to the next reply; tools: the functions it may call, by name.
    max_steps >= 0: how many times the model is called at most; the answer is None when they run out.
    run_agent(lambda messages: "Hi.", {}, "Hello?", 5)
    -> ("Hi.", [{"role": "user", "content": "Hello?"}, {"role": "assistant", "content": "Hi."}])
    Source: Yao et al. 2023, "ReAct: Synergizing Reasoning and Acting in Language Models", section 2.
    """
    # YOUR CODE HERE
    raise NotImplementedError
