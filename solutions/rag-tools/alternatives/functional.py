"""No statement where an expression will do: sums, recursion, takewhile; numpy for the vectors."""

import json
from collections import Counter
from itertools import accumulate, count, takewhile
from math import fsum, log

import numpy as np
import torch

INSTRUCTION = "Answer from the passages below and cite their numbers. If they do not hold the answer, say so."


def bm25(query, docs, k1=1.2, b=0.75):
    holders = {term: sum(term in doc for doc in docs) for term in query}
    mean = (sum(len(doc) for doc in docs) or 1) / (len(docs) or 1)

    def part(term, doc):
        tf = doc.count(term)
        idf = log(1 + (len(docs) - holders[term] + 0.5) / (holders[term] + 0.5))
        return tf and idf * (tf / (tf + k1 * (1 - b + b * len(doc) / mean)))

    return [fsum(times * part(term, doc) for term, times in Counter(query).items()) for doc in docs]


def cosine_topk(query, docs, k):
    q, d = query.double().numpy(), docs.double().numpy()
    norms = np.sqrt((d**2).sum(axis=1) * (q**2).sum())
    scores = np.divide(d @ q, norms, out=np.zeros(len(d)), where=norms != 0)
    order = np.argsort(-scores, kind="stable")[:k]
    return torch.from_numpy(order), torch.from_numpy(scores[order]).to(docs.dtype)


def chunk(tokens, size, overlap):
    if not size > overlap >= 0:
        raise ValueError
    first = [list(tokens[:size])] if tokens else []
    return first if len(tokens) <= size else first + chunk(tokens[size - overlap :], size, overlap)


def build_prompt(question, passages, max_words=300):
    def line(text):
        return " ".join(text.split())

    different = [text for text in dict.fromkeys(map(line, passages)) if text]
    totals = accumulate(text.count(" ") + 1 for text in different)
    fitting = [text for text, _ in zip(different, takewhile(lambda total: total <= max_words, totals), strict=False)]
    numbered = [f"[{number}] {text}" for number, text in zip(count(1), fitting, strict=False)] or ["(no passage)"]
    return "\n".join((INSTRUCTION, "", *numbered, "", f"Question: {line(question)}", "Answer:"))


def _loaded(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def parse_call(text):
    if text.count("<tool_call>") == 0:
        return None
    inside = text[text.index("<tool_call>") + 11 :]
    data = _loaded(inside[: inside.index("</tool_call>")]) if "</tool_call>" in inside else None
    call = {"arguments": {}, **data} if isinstance(data, dict) else {}
    good = isinstance(call.get("name"), str) and isinstance(call.get("arguments"), dict)
    return {key: call[key] for key in ("name", "arguments")} if good else {"error": "malformed call"}


def run_tool(call, tools):
    if call.get("error"):
        return "error: " + call["error"]
    if call["name"] not in tools:
        return "error: unknown tool " + call["name"]
    try:
        return str(tools.get(call["name"])(**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - a tool may raise anything
        return f"error: {type(error).__qualname__}"


def run_agent(llm, tools, question, max_steps):
    def from_here(messages, steps):
        if steps == 0:
            return None, messages
        reply = llm(messages)
        said = [*messages, {"role": "assistant", "content": reply}]
        call = parse_call(reply)
        if call is None:
            return reply, said
        return from_here([*said, {"role": "tool", "content": run_tool(call, tools)}], steps - 1)

    return from_here([{"role": "user", "content": question}], max_steps)
