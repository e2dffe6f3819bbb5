"""Small steps and index loops only, character by character and id by id."""

import unicodedata

import torch

SPECIAL_IDS = {"<|im_start|>": 256, "<|im_end|>": 257, "<|endoftext|>": 258}


def special_at(text, place):
    for token in SPECIAL_IDS:
        if text[place : place + len(token)] == token:
            return token
    return None


def encode(text):
    ids = []
    place = 0
    while place < len(text):
        token = special_at(text, place)
        if token is not None:
            ids.append(SPECIAL_IDS[token])
            place += len(token)
        else:
            for byte in text[place].encode():
                ids.append(byte)
            place += 1
    return ids


def canonical(text):
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def neutralise(text):
    safe = ""
    for place in range(len(text)):
        safe += text[place]
        if special_at(text, place) is not None:
            safe += " "
    return safe


def render_chat(messages, add_generation_prompt=False):
    text = ""
    for i in range(len(messages)):
        role = messages[i]["role"]
        content = messages[i]["content"]
        if role == "system":
            if i != 0:
                raise ValueError("system comes first")
            if content.strip() == "":
                continue
        elif role != "user" and role != "assistant":
            raise ValueError("unknown role " + role)
        text += "<|im_start|>" + role + "\n" + neutralise(content) + "<|im_end|>" + "\n"
    if len(text) == 0:
        raise ValueError("no turns")
    if add_generation_prompt:
        text += "<|im_start|>" + "assistant" + "\n"
    return text


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots must not be negative")
    messages = [{"role": "system", "content": instruction}]
    used = 0
    for question, answer in examples:
        if used == n_shots:
            break
        if canonical(question) == canonical(query):
            continue
        messages.append({"content": question, "role": "user"})
        messages.append({"content": answer, "role": "assistant"})
        used += 1
    messages.append({"content": query, "role": "user"})
    return messages


def sft_labels(ids):
    header = encode("<|im_start|>assistant\n")
    labels = []
    t = 0
    while t < len(ids):
        if ids[t : t + len(header)] != header:
            labels.append(-100)
            t += 1
            continue
        for _ in header:
            labels.append(-100)
        t += len(header)
        while t < len(ids):
            labels.append(ids[t])
            t += 1
            if labels[-1] == 257:
                break
    return labels


def sft_batch(conversations, pad_id, max_len=None):
    rows = []
    longest = 0
    for messages in conversations:
        row = encode(render_chat(messages))
        if max_len is not None and len(row) > max_len:
            row = row[:max_len]
        rows.append(row)
        longest = max(longest, len(row))
    B = len(rows)
    input_ids = torch.zeros(B, longest, dtype=torch.long)
    attention_mask = torch.zeros(B, longest, dtype=torch.bool)
    labels = torch.zeros(B, longest, dtype=torch.long)
    for b in range(B):
        targets = sft_labels(rows[b])
        for t in range(longest):
            real = t < len(rows[b])
            input_ids[b, t] = rows[b][t] if real else pad_id
            attention_mask[b, t] = real
            labels[b, t] = targets[t] if real else -100
    return input_ids, attention_mask, labels
