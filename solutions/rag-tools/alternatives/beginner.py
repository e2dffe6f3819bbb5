"""Plain loops and dicts, step by step, nothing imported but json, math and torch."""

import json
import math

import torch

INSTRUCTION = "Answer from the passages below and cite their numbers. If they do not hold the answer, say so."


def bm25(query, docs, k1=1.2, b=0.75):
    number_of_docs = len(docs)
    all_words = 0
    for doc in docs:
        all_words = all_words + len(doc)
    if all_words == 0:
        return [0.0 for _ in docs]
    mean = all_words / number_of_docs

    result = []
    for doc in docs:
        score = 0.0
        for word in query:
            tf = doc.count(word)
            if tf == 0:
                continue
            df = 0
            for other in docs:
                if word in other:
                    df += 1
            idf = math.log((number_of_docs + 1) / (df + 0.5))
            norm = k1 * (1 - b) + k1 * b * len(doc) / mean
            score += idf * tf / (tf + norm)
        result.append(score)
    return result


def cosine_topk(query, docs, k):
    scores = []
    for row in docs:
        length = math.sqrt(float((row * row).sum())) * math.sqrt(float((query * query).sum()))
        if length == 0:
            scores.append(0.0)
        else:
            scores.append(float((row * query).sum()) / length)
    indices = list(range(len(scores)))
    indices.sort(key=lambda i: (-scores[i], i))
    indices = indices[:k]
    return torch.tensor(indices, dtype=torch.int64), torch.tensor([scores[i] for i in indices], dtype=docs.dtype)


def chunk(tokens, size, overlap):
    if size < 1:
        raise ValueError("size must be at least 1")
    if overlap < 0:
        raise ValueError("overlap must not be negative")
    if overlap >= size:
        raise ValueError("overlap must be smaller than size")
    pieces = []
    start = 0
    while start < len(tokens):
        pieces.append(tokens[start : start + size])
        if start + size >= len(tokens):
            break
        start += size - overlap
    return pieces


def build_prompt(question, passages, max_words=300):
    seen = []
    used = 0
    for passage in passages:
        parts = passage.split()
        line = " ".join(parts)
        if line == "" or line in seen:
            continue
        if used + len(parts) > max_words:
            break
        used += len(parts)
        seen.append(line)
    text = INSTRUCTION + "\n\n"
    if len(seen) == 0:
        text += "(no passage)\n"
    for i in range(len(seen)):
        text += "[" + str(i + 1) + "] " + seen[i] + "\n"
    text += "\nQuestion: " + " ".join(question.split()) + "\nAnswer:"
    return text


def parse_call(text):
    bad = {"error": "malformed call"}
    start = text.find("<tool_call>")
    if start == -1:
        return None
    start += len("<tool_call>")
    end = text.find("</tool_call>", start)
    if end == -1:
        return bad
    try:
        data = json.loads(text[start:end])
    except json.JSONDecodeError:
        return bad
    if type(data) is not dict:
        return bad
    if "name" not in data or type(data["name"]) is not str:
        return bad
    if "arguments" not in data:
        data["arguments"] = {}
    if type(data["arguments"]) is not dict:
        return bad
    return {"name": data["name"], "arguments": data["arguments"]}


def run_tool(call, tools):
    if "error" in call:
        return "error: " + call["error"]
    name = call["name"]
    if name not in tools:
        return "error: unknown tool " + name
    try:
        value = tools[name](**call["arguments"])
        text = str(value)
    except Exception as e:  # noqa: BLE001 - a tool may raise anything
        text = "error: " + e.__class__.__name__
    return text


def run_agent(llm, tools, question, max_steps):
    messages = []
    messages.append({"role": "user", "content": question})
    step = 0
    while step < max_steps:
        step += 1
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return (reply, messages)
        observation = run_tool(call, tools)
        messages.append({"role": "tool", "content": observation})
    return (None, messages)
