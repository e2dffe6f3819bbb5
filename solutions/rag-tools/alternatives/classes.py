"""An inverted index with postings, a prompt that fills up, a conversation that knows how to take a step."""

import json
import math
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import nlargest

import torch

INSTRUCTION = "Answer from the passages below and cite their numbers. If they do not hold the answer, say so."


class Index:
    def __init__(self, docs):
        self.lengths = [len(doc) for doc in docs]
        self.postings = defaultdict(dict)  # word -> {document: count}
        for number, doc in enumerate(docs):
            for word in doc:
                self.postings[word][number] = self.postings[word].get(number, 0) + 1

    def idf(self, word):
        n = len(self.postings.get(word, ()))
        return math.log1p((len(self.lengths) - n + 0.5) / (n + 0.5))

    def search(self, query, k1, b):
        scores = [0.0 for _ in self.lengths]
        average = sum(self.lengths) / len(self.lengths) if self.lengths else 0.0
        for word in query:
            for number, tf in self.postings.get(word, {}).items():
                pivot = (1.0 - b) + b * (self.lengths[number] / average)
                scores[number] += self.idf(word) / (1.0 + k1 * pivot / tf)
        return scores


def bm25(query, docs, k1=1.2, b=0.75):
    return Index(docs).search(query, k1, b)


def cosine_topk(query, docs, k):
    length = torch.linalg.vector_norm(query)
    scores = docs.new_zeros(len(docs))
    for i, doc in enumerate(docs):
        size = torch.linalg.vector_norm(doc)
        if size > 0 and length > 0:
            scores[i] = torch.dot(doc, query) / (size * length)
    best = nlargest(k, range(len(docs)), key=lambda i: (float(scores[i]), -i))
    order = torch.tensor(best, dtype=torch.long)
    return order, scores[order]


@dataclass
class Windows:
    size: int
    overlap: int

    def __post_init__(self):
        if self.overlap not in range(self.size):
            raise ValueError("these windows never move forward")

    def over(self, tokens):
        begin, done = 0, not tokens
        while not done:
            end = begin + self.size
            yield [*tokens[begin:end]]
            begin, done = end - self.overlap, end >= len(tokens)


def chunk(tokens, size, overlap):
    return list(Windows(size, overlap).over(tokens))


@dataclass
class Prompt:
    room: int
    lines: list = field(default_factory=list)

    def add(self, passage):
        """False once a passage finds no room."""
        parts = passage.split()
        if not parts or parts in self.lines:
            return True
        self.room -= len(parts)
        if self.room >= 0:
            self.lines.append(parts)
        return self.room >= 0

    def __str__(self):
        numbered = [" ".join([f"[{n}]", *parts]) for n, parts in enumerate(self.lines, start=1)]
        return "\n".join([INSTRUCTION, "", "\n".join(numbered or ["(no passage)"]), ""])


def build_prompt(question, passages, max_words=300):
    prompt = Prompt(max_words)
    all(prompt.add(passage) for passage in passages)
    return "\n".join([str(prompt), " ".join(["Question:", *question.split()]), "Answer:"])


class Malformed(Exception):
    pass


def _read(body):
    with suppress(json.JSONDecodeError):
        call = json.loads(body)
        if isinstance(call, dict) and isinstance(call.get("name"), str):
            arguments = call.get("arguments", {})
            if isinstance(arguments, dict):
                return {"name": call["name"], "arguments": arguments}
    raise Malformed


def parse_call(text):
    before, *after = text.split("<tool_call>", 1)
    if before == text:
        return None
    try:
        body, *rest = after[0].split("</tool_call>", 1)
        if not rest:
            raise Malformed
        return _read(body)
    except Malformed:
        return {"error": "malformed call"}


class Toolbox(dict):
    def __missing__(self, name):
        raise LookupError(name)

    def use(self, name, arguments):
        try:
            tool = self[name]
        except LookupError:
            return f"error: unknown tool {name}"
        try:
            return str(tool(**arguments))
        except Exception as failure:  # noqa: BLE001 - a tool may raise anything
            return f"error: {type(failure).__name__}"


def run_tool(call, tools):
    return "error: " + call["error"] if "error" in call else Toolbox(tools).use(**call)


class Conversation:
    def __init__(self, question):
        self.messages = []
        self.answer = None
        self.say("user", question)

    def say(self, role, content):
        self.messages.append({"role": role, "content": content})

    def step(self, llm, tools):
        """True when the model has answered."""
        reply = llm(self.messages)
        self.say("assistant", reply)
        call = parse_call(reply)
        if call is None:
            self.answer = reply
        else:
            self.say("tool", run_tool(call, tools))
        return call is None


def run_agent(llm, tools, question, max_steps):
    conversation = Conversation(question)
    any(conversation.step(llm, tools) for _ in range(max_steps))
    return conversation.answer, conversation.messages
