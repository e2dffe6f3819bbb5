"""Loops over positions and tokens, one flat optimizer loop by hand, corrections summed rank by rank."""

import math
import sys

import torch

sys.path.insert(0, "data")
ROLES = ("system", "user", "assistant")


def encoder_states(model, ids, mask):
    import tiny_models

    return tiny_models.encoder_states(model, ids, mask)


def gpt_logits(params, ids):
    import tiny_models

    return tiny_models.gpt_logits(params, ids)


def mean_weights(mask):
    rows = []
    for row in mask.tolist():
        count = sum(row)
        rows.append([1 / count if word else 0.0 for word in row])
    return torch.tensor(rows, dtype=torch.float32).reshape(mask.shape)


def class_logits(model, ids, mask):
    states, weights = encoder_states(model, ids, mask), mean_weights(mask)
    pooled = sum(weights[:, place, None] * states[:, place] for place in range(ids.shape[1]))
    return torch.addmm(model["bias"], pooled, model["head"])


class Adam:
    """Moments by hand; `tensors` are changed in place."""

    def __init__(self, tensors, rate):
        self.tensors, self.rate, self.time = list(tensors), rate, 0
        self.moments = [(torch.zeros_like(each), torch.zeros_like(each)) for each in self.tensors]

    def step(self, loss):
        self.time += 1
        slopes = torch.autograd.grad(loss, self.tensors, allow_unused=True)
        with torch.no_grad():
            for tensor, slope, (first, second) in zip(self.tensors, slopes, self.moments, strict=True):
                if slope is None:
                    continue
                first.mul_(0.9).add_(slope, alpha=0.1)
                second.mul_(0.999).add_(slope * slope, alpha=0.001)
                size = (second / (1 - 0.999**self.time)).sqrt() + 1e-8
                tensor -= self.rate * first / (1 - 0.9**self.time) / size


def leaf(tensor):
    return tensor.detach().clone().requires_grad_(True)


def train_classifier(model, ids, mask, labels, steps, seed=0):
    own = dict(zip(model, map(leaf, model.values()), strict=True))
    adam, losses = Adam(own.values(), 0.01), []
    dice = torch.Generator()
    dice.manual_seed(seed)
    while len(losses) < steps:
        at = (torch.rand(64, generator=dice) * len(ids)).long()
        logp = class_logits(own, ids[at], mask[at]).log_softmax(-1)
        loss = -logp[torch.arange(64), labels[at]].mean()
        adam.step(loss)
        losses.append(float(loss.detach()))
    return {name: tensor.detach() for name, tensor in own.items()}, losses


def distribution(scores, temperature=1.0, top_k=None, top_p=1.0):
    if temperature < 0:
        raise ValueError("negative temperature")
    values = scores.tolist()
    order = sorted(range(len(values)), key=lambda id: (-values[id], id))
    if temperature == 0:
        order, temperature = order[:1], 1.0
    if top_k is not None:
        order = order[:top_k]
    best = values[order[0]]
    sizes = [math.exp((values[id] - best) / temperature) for id in order]
    total = sum(sizes)
    if top_p < 1:
        reached, kept = 0.0, 0
        while reached / total < top_p:
            reached += sizes[kept]
            kept += 1
        order, sizes, total = order[:kept], sizes[:kept], reached
    found = torch.zeros_like(scores)
    for id, size in zip(order, sizes, strict=True):
        found[id] = size / total
    return found


def generate(logits_of, ids, dice, context, temperature=1.0, top_k=None, top_p=1.0, stop=None):
    written = []
    for roll in dice.tolist():
        read = [*ids, *written]
        read = read[max(0, len(read) - context) :]
        probabilities = distribution(logits_of(torch.tensor(read)[None])[0][-1], temperature, top_k, top_p).tolist()
        total, token = 0.0, None
        for id, probability in enumerate(probabilities):
            total += probability
            if probability > 0:
                token = id
            if total > roll:
                break
        if token == stop:
            return written
        written.append(token)
    return written


def chat_prompt(messages):
    turns = []
    for message in messages:
        if message["role"] not in ROLES:
            raise ValueError(message["role"])
        text = message["content"]
        for word in (*ROLES, "end"):
            text = f"<{word}>".join(text.split(f"<|{word}|>"))
        turns.append("<|" + message["role"] + "|>\n" + text + "<|end|>\n")
    return "".join(turns) + "<|assistant|>\n"


def chat_turn(chat, messages, text):
    conversation = [dict(message) for message in messages]
    conversation.append({"role": "user", "content": text})
    said = chat(chat_prompt(conversation))
    conversation.append({"role": "assistant", "content": said.split("<|end|>", 1)[0].strip()})
    return conversation


def fresh_adapters(params, names, rank, seed=0):
    dice = torch.Generator().manual_seed(seed)
    return {
        name: (
            torch.normal(0.0, 1 / math.sqrt(rank), (len(params[name]), rank), generator=dice),
            torch.zeros((rank, params[name].shape[1])),
        )
        for name in names
    }


def count_numbers(adapters):
    total = 0
    for A, B in adapters.values():
        total += A.shape[0] * A.shape[1] + B.shape[0] * B.shape[1]
    return total


def merged(params, adapters, alpha):
    model = dict(params)
    for name, (A, B) in adapters.items():
        outer = [torch.outer(A[:, r], B[r]) for r in range(len(B))]
        model[name] = model[name] + (alpha / len(B)) * torch.stack(outer).sum(0)
    return model


def adapt(params, adapters, ids, alpha, steps, rate=0.01, seed=0):
    own = {name: (leaf(A), leaf(B)) for name, (A, B) in adapters.items()}
    adam = Adam((each for pair in own.values() for each in pair), rate)
    dice, losses, length = torch.Generator().manual_seed(seed), [], 64
    for _ in range(steps):
        starts = torch.randint(len(ids) - length, (16, 1), generator=dice)
        drawn = ids[starts + torch.arange(length + 1)]
        logp = gpt_logits(merged(params, own, alpha), drawn[:, :length]).log_softmax(-1)
        loss = -logp.gather(-1, drawn[:, 1:, None]).mean()
        adam.step(loss)
        losses.append(float(loss.detach()))
    return {name: (A.detach(), B.detach()) for name, (A, B) in own.items()}, losses
