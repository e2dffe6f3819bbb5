"""Everything that can be a tensor is one: a matrix of counts, unfolded windows; texts through regular expressions."""

import json
import re

import torch
import torch.nn.functional as F

INSTRUCTION = "Answer from the passages below and cite their numbers. If they do not hold the answer, say so."


def bm25(query, docs, k1=1.2, b=0.75):
    if not docs or not query:
        return [0.0] * len(docs)
    asked = sorted(set(query))
    tf = torch.tensor([[doc.count(term) for term in asked] for doc in docs], dtype=torch.float64)  # [N, V]
    times = torch.tensor([query.count(term) for term in asked], dtype=torch.float64)
    lengths = torch.tensor([len(doc) for doc in docs], dtype=torch.float64)
    df = (tf > 0).sum(dim=0)
    idf = torch.log1p((len(docs) - df + 0.5) / (df + 0.5))
    ratio = lengths / lengths.mean().clamp(min=1e-9)
    below = tf + k1 * (1 - b + b * ratio)[:, None]
    saturated = torch.nan_to_num(tf / below, nan=0.0)
    return (saturated @ (idf * times)).tolist()


def cosine_topk(query, docs, k):
    unit = F.normalize(docs, dim=-1, eps=1e-30)
    scores = torch.einsum("nd,d->n", unit, F.normalize(query, dim=0, eps=1e-30))
    values, indices = torch.sort(scores, descending=True, stable=True)
    return indices[:k].clone(), values[:k].clone()


def chunk(tokens, size, overlap):
    if overlap < 0 or size <= overlap:
        raise ValueError((size, overlap))
    n, step = len(tokens), size - overlap
    if n <= size:
        return [tokens[:]] if n else []
    more = -(-(n - size) // step)  # how many windows it takes after the first to reach the end
    return [list(tokens[step * i : step * i + size]) for i in range(more + 1)]


def build_prompt(question, passages, max_words=300):
    lines = [re.sub(r"\s+", " ", passage.strip()) for passage in passages]
    lines = [line for i, line in enumerate(lines) if line and line not in lines[:i]]
    costs = torch.tensor([len(line.split(" ")) for line in lines], dtype=torch.int64).cumsum(0)
    kept = lines[: int((costs <= max_words).sum())]
    shown = "\n".join(f"[{i}] {line}" for i, line in enumerate(kept, 1)) or "(no passage)"
    asked = re.sub(r"\s+", " ", question.strip())
    return f"{INSTRUCTION}\n\n{shown}\n\nQuestion: {asked}\nAnswer:"


def parse_call(text):
    if "<tool_call>" not in text:
        return None
    found = re.search(r"<tool_call>(.*?)</tool_call>", text, re.DOTALL)
    try:
        match json.loads(found[1] if found else ""):
            case {"name": str() as name, "arguments": dict() as arguments}:
                return {"name": name, "arguments": arguments}
            case {"name": str() as name, **others} if "arguments" not in others:
                return {"name": name, "arguments": {}}
    except ValueError:
        pass
    return {"error": "malformed call"}


def run_tool(call, tools):
    match call:
        case {"error": text}:
            return f"error: {text}"
        case {"name": name, "arguments": arguments} if name in tools:
            try:
                return f"{tools[name](**arguments)!s}"
            except Exception as error:  # noqa: BLE001 - a tool may raise anything
                return f"error: {type(error).__name__}"
        case {"name": name}:
            return f"error: unknown tool {name}"


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    while max_steps > 0:
        max_steps -= 1
        messages += [{"role": "assistant", "content": llm(list(messages))}]
        if not (call := parse_call(messages[-1]["content"])):
            return messages[-1]["content"], messages
        messages += [{"role": "tool", "content": run_tool(call, tools)}]
    return None, messages
