"""A character-level GPT and a word-level encoder that learn in a minute, and the same face on larger models.

Covers parameters as a dict of tensors, so that adapters and merges are sums of tensors; training from a seed; a cache
of what was trained; a local Hugging Face folder in the tiny model's place. Does not cover sampling, heads and adapters:
these are the students' work. Nothing is fetched from anywhere.

Sources: Radford et al. 2019 (GPT-2: normalisation first, tied embeddings), section 2.3; Devlin et al. 2018, section 3.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F

HEADS = 4
CONTEXT = 64  # characters that the tiny GPT looks back on
Params = dict[str, torch.Tensor]


class LanguageModel(Protocol):
    """What can continue a text: the tiny GPT, or a model of a Hugging Face folder."""

    context: int

    def encode(self, text: str) -> list[int]: ...
    def decode(self, ids: Sequence[int]) -> str: ...
    def logits(self, ids: torch.Tensor) -> torch.Tensor:
        """Scores of the next id. ids: int64 [B, T], T <= context; result: float32 [B, T, V]."""
        ...


def parameters(vocab: int, d: int, layers: int, positions: int, seed: int) -> Params:
    """Fresh float32 parameters of `layers` blocks of width `d`; N(0, 0.02²) as in GPT-2, else zeros and ones.

    Names: `tokens` [V, d], `positions` [P, d]; for each layer n `q{n}`, `k{n}`, `v{n}`, `o{n}` [d, d], `up{n}` [d, 4d],
    `down{n}` [4d, d]; `scale…`, `shift…` [d] of the normalisations `a{n}`, `f{n}` and `end`.
    """
    generator = torch.Generator().manual_seed(seed)
    shapes = {"tokens": (vocab, d), "positions": (positions, d)}
    for n in range(layers):
        shapes |= {f"{name}{n}": (d, d) for name in "qkvo"} | {f"up{n}": (d, 4 * d), f"down{n}": (4 * d, d)}
    found = {name: torch.randn(shape, generator=generator) * 0.02 for name, shape in shapes.items()}
    for name in [*(f"{part}{n}" for n in range(layers) for part in "af"), "end"]:
        found |= {f"scale_{name}": torch.ones(d), f"shift_{name}": torch.zeros(d)}
    return found


def hidden(params: Mapping[str, torch.Tensor], ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The last layer's states, [B, T, d]. ids: int64 [B, T]; mask: bool, True = attend, like [B, heads, T, T]."""
    # Not `tokens[ids]`: its gradient adds in an order that changes from run to run when several threads work.
    x = F.embedding(ids, params["tokens"]) + params["positions"][: ids.shape[1]]
    for n in range(sum(name.startswith("up") for name in params)):
        y = _norm(x, params, f"a{n}")
        q, k, v = ((y @ params[f"{name}{n}"]).unflatten(-1, (HEADS, -1)).transpose(1, 2) for name in "qkv")
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + mixed.transpose(1, 2).flatten(2) @ params[f"o{n}"]
        x = x + F.gelu(_norm(x, params, f"f{n}") @ params[f"up{n}"]) @ params[f"down{n}"]
    return _norm(x, params, "end")


def _norm(x: torch.Tensor, params: Mapping[str, torch.Tensor], name: str) -> torch.Tensor:
    return F.layer_norm(x, x.shape[-1:], params[f"scale_{name}"], params[f"shift_{name}"])


def gpt_logits(params: Mapping[str, torch.Tensor], ids: torch.Tensor) -> torch.Tensor:
    """Scores of the next id at each position. ids: int64 [B, T], T <= CONTEXT; float32 [B, T, V]."""
    length = ids.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    return hidden(params, ids, causal) @ params["tokens"].T


def encoder_states(params: Mapping[str, torch.Tensor], ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """A state per word, float32 [B, T, d], seen from both sides. ids: int64 [B, T]; mask: bool [B, T], True = word."""
    return hidden(params, ids, mask[:, None, None, :])


class TinyGPT:
    """A character-level language model: `TinyGPT(params, characters)`."""

    context = CONTEXT

    def __init__(self, params: Params, characters: str) -> None:
        self.params = params
        self.characters = characters
        self._ids = {character: number for number, character in enumerate(characters)}

    def encode(self, text: str) -> list[int]:
        """An id per character. Raises ValueError for a character that the text it has learnt from does not hold."""
        unknown = sorted(set(text) - self._ids.keys())
        if unknown:
            raise ValueError(f"the tiny model knows {len(self.characters)} characters, and not {unknown[0]!r}")
        return [self._ids[character] for character in text]

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(self.characters[id] for id in ids)

    def logits(self, ids: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return gpt_logits(self.params, ids)


def train_gpt(
    text: str,
    seed: int = 0,
    steps: int = 900,
    d: int = 96,
    layers: int = 2,
    told: Callable[[int, float], None] | None = None,
) -> tuple[TinyGPT, list[float]]:
    """A GPT that has learnt a text's characters, and its loss at each step, in nats; the same for the same seed.

    AdamW on 32 windows of CONTEXT characters a step, the rate warmed up and then lowered along a cosine. `told` hears
    of each step.
    """
    characters = "".join(sorted(set(text)))
    model = TinyGPT(parameters(len(characters), d, layers, CONTEXT, seed), characters)
    ids = torch.tensor(model.encode(text))
    for tensor in model.params.values():
        tensor.requires_grad_()
    optimizer = torch.optim.AdamW(model.params.values(), lr=3e-3, weight_decay=0.01)
    generator, losses = torch.Generator().manual_seed(seed), []
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * min((step + 1) / 50, 0.55 + 0.45 * math.cos(math.pi * step / steps))
        starts = torch.randint(len(ids) - CONTEXT, (32,), generator=generator)
        windows = torch.stack([ids[start : start + CONTEXT + 1] for start in starts.tolist()])
        loss = F.cross_entropy(gpt_logits(model.params, windows[:, :-1]).flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if told is not None:
            told(step, losses[-1])
    for tensor in model.params.values():
        tensor.requires_grad_(False)
    return model, losses


def cached_gpt(text: str, folder: Path, seed: int = 0, steps: int = 900) -> TinyGPT:
    """The GPT of this text and seed, from the folder when it was trained before, else trained and kept there."""
    digest = hashlib.blake2b(f"{seed} {steps} {text}".encode(), digest_size=8).hexdigest()
    file = folder / f"tiny-gpt-{digest}.npz"
    characters = "".join(sorted(set(text)))
    if file.is_file():
        with np.load(file, allow_pickle=False) as stored:
            return TinyGPT({name: torch.from_numpy(stored[name]) for name in stored.files}, characters)
    model, _ = train_gpt(text, seed, steps)
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part.npz")
    np.savez(part, **{name: tensor.numpy() for name, tensor in model.params.items()})
    part.rename(file)  # whole, or not there
    return model


class HuggingFace:
    """A causal language model of a local folder, as `save_pretrained` writes it, with its tokenizer beside it."""

    def __init__(self, folder: Path) -> None:
        """Raises FileNotFoundError when the folder holds no model: nothing is fetched in its place."""
        for name in ("config.json", "tokenizer.json"):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder} holds no {name}: name a folder that `save_pretrained` has written")
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model: Any = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True).eval()
        self.context = int(self._model.config.max_position_embeddings)

    def encode(self, text: str) -> list[int]:
        return list(self._tokenizer(text)["input_ids"])

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode(list(ids), clean_up_tokenization_spaces=False))

    def logits(self, ids: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return self._model(input_ids=ids).logits.float()


def language_model(path: str | None, text: str, cache: Path, steps: int = 900) -> LanguageModel:
    """The model of a local Hugging Face folder; without a path, the tiny GPT of `text` after so many steps."""
    return HuggingFace(Path(path)) if path else cached_gpt(text, cache, steps=steps)


class ScriptedChat:
    """A chat model that says what was written for it, and remembers each prompt that it was given.

    `ScriptedChat(["Bonjour !"])("<|im_start|>user…") -> "Bonjour !"`; at the end of the script it says `""`.
    """

    def __init__(self, script: Sequence[str]) -> None:
        self._script = list(script)
        self.prompts: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        said = len(self.prompts) - 1
        return self._script[said] if said < len(self._script) else ""
