# Capstone: four uses of a language model — check your work: autograder check capstone-m2.py
# Projet de synthèse : quatre usages d'un modèle de langue — vérifiez votre travail : autograder check capstone-m2.py

import sys
from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, raises, same, shape, unchanged


sys.path.insert(0, "data")  # where tiny_models.py and emotions.py lie
LENGTH = 64  # tokens that the GPT looks back on


def encoder_states(model: dict[str, Tensor], ids: Tensor, mask: Tensor) -> Tensor:
    """A state per word, [B, T, d]. ids: int64 [B, T]; mask: bool [B, T], True = word."""
    import tiny_models

    return tiny_models.encoder_states(model, ids, mask)


def gpt_logits(params: dict[str, Tensor], ids: Tensor) -> Tensor:
    """Scores of the next token at each position, [B, T, V]. ids: int64 [B, T], T <= LENGTH."""
    import tiny_models

    return tiny_models.gpt_logits(params, ids)


def new_classifier(words: int, classes: int, seed: int = 0, layers: int = 1) -> dict[str, Tensor]:
    """Fresh weights of an encoder of width 32 for texts of up to 24 words, with a head of zeros."""
    import tiny_models

    fresh = tiny_models.parameters(words, d=32, layers=layers, positions=24, seed=seed)
    return fresh | {"head": torch.zeros(32, classes), "bias": torch.zeros(classes)}


def windows(ids: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """Stretches of LENGTH + 1 ids from random places of a text: int64 [count, LENGTH + 1]."""
    starts = torch.randint(len(ids) - LENGTH, (count,), generator=generator)
    return torch.stack([ids[start : start + LENGTH + 1] for start in starts.tolist()])


def mean_weights(mask: Tensor) -> Tensor:
    """What each position weighs in the mean of its row's words.

    mask: bool [B, T], True = word; returns float32 [B, T]: 1 / (words of the row) at words, 0 elsewhere.
    mean_weights(tensor([[True, True, False]])) -> tensor([[0.5, 0.5, 0.0]])
    Source: Reimers and Gurevych 2019, "Sentence-BERT", section 3 (MEAN pooling).
    """
    # YOUR CODE HERE
    raise NotImplementedError


def class_logits(model: dict[str, Tensor], ids: Tensor, mask: Tensor) -> Tensor:
    """One score per class: the mean of the words' states through the head.

    model: as of new_classifier; ids: int64 [B, T]; mask: bool [B, T]; returns float32 [B, C].
    Source: Devlin et al. 2019, "BERT", section 4.1, with the mean in place of [CLS].
    """
    # YOUR CODE HERE
    raise NotImplementedError


def train_classifier(
    model: dict[str, Tensor], ids: Tensor, mask: Tensor, labels: Tensor, steps: int, seed: int = 0
) -> tuple[dict[str, Tensor], list[float]]:
    """The model after `steps` batches of 64 sentences, and the loss of each batch, in nats.

    ids: int64 [N, T]; mask: bool [N, T]; labels: int64 [N], 0 <= label < C; all arguments left unmodified.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def distribution(scores: Tensor, temperature: float = 1.0, top_k: int | None = None, top_p: float = 1.0) -> Tensor:
    """Probabilities of the next token after temperature, top-k and top-p, in this order.

    scores: float [V], left unmodified; top_k >= 1; 0 < top_p <= 1; returns [V], of sum 1.
    Raises ValueError if temperature < 0.
    distribution(tensor([2., 2., 1.]), temperature=0.0) -> tensor([1., 0., 0.])
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def generate(
    logits_of: Callable[[Tensor], Tensor],
    ids: Sequence[int],
    dice: Tensor,
    context: int,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float = 1.0,
    stop: int | None = None,
) -> list[int]:
    """New ids after `ids`, one per number of `dice`, up to `stop`, which is left out.

    logits_of: int64 [1, T], T <= context -> float [1, T, V]; ids: one at least; dice: float [n], uniform in [0, 1).
    """
    # YOUR CODE HERE
    raise NotImplementedError


ROLES = ("system", "user", "assistant")
END = "<|end|>"
MARKERS = (*(f"<|{role}|>" for role in ROLES), END)


def chat_prompt(messages: Sequence[dict[str, str]]) -> str:
    r"""The messages in the model's format, and then the opened turn of the assistant.

    chat_prompt([{"role": "user", "content": "Hi"}]) -> "<|user|>\nHi<|end|>\n<|assistant|>\n"
    Raises ValueError for a role that is not one of ROLES.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def chat_turn(chat: Callable[[str], str], messages: Sequence[dict[str, str]], text: str) -> list[dict[str, str]]:
    """The conversation after the user has said `text` and the model has answered; `messages` is left unmodified."""
    # YOUR CODE HERE
    raise NotImplementedError


def fresh_adapters(
    params: dict[str, Tensor], names: Sequence[str], rank: int, seed: int = 0
) -> dict[str, tuple[Tensor, Tensor]]:
    """Adapters that change nothing yet: for each name, a random A: [d_in, rank] and a zero B: [rank, d_out].

    params[name]: [d_in, d_out], left unmodified.
    Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models", section 4.1.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def count_numbers(adapters: dict[str, tuple[Tensor, Tensor]]) -> int:
    """How many numbers the adapters hold."""
    # YOUR CODE HERE
    raise NotImplementedError


def merged(params: dict[str, Tensor], adapters: dict[str, tuple[Tensor, Tensor]], alpha: float) -> dict[str, Tensor]:
    """The weights with their low-rank corrections added; `params` is left unmodified.

    merged({"q0": 0}, {"q0": (A, B)}, alpha) -> {"q0": alpha / rank * A B}
    """
    # YOUR CODE HERE
    raise NotImplementedError


def adapt(
    params: dict[str, Tensor],
    adapters: dict[str, tuple[Tensor, Tensor]],
    ids: Tensor,
    alpha: float,
    steps: int,
    rate: float = 0.01,
    seed: int = 0,
) -> tuple[dict[str, tuple[Tensor, Tensor]], list[float]]:
    """The adapters after `steps` batches of 16 windows of a text, and the loss of each batch, in nats.

    ids: int64 [N], N > LENGTH; all arguments left unmodified.
    """
    # YOUR CODE HERE
    raise NotImplementedError
