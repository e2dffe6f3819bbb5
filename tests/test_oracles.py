"""References against the libraries that people use in their place, on many draws.

Covers where both agree, and the edges at which the instructions say that they differ. Does not cover the hidden
suites, which bring oracles of their own so that an instructor needs none of these libraries.
"""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from autograder.adapters.authoring import reference_source
from autograder.adapters.course import load_assignment, load_course

ROOT = Path(__file__).parent.parent


def reference_of(slug: str) -> ModuleType:
    module = ModuleType(slug)
    source = reference_source(load_assignment(load_course(ROOT), slug))
    exec(compile(source, slug, "exec"), module.__dict__)
    return module


@pytest.fixture(scope="module")
def causal_lm() -> ModuleType:
    return reference_of("causal-lm")


def texts(count: int, vocabulary: int) -> list[torch.Tensor]:
    """Batches of ids [3, 9], each row cut at its own length by the -100 that transformers ignores."""
    made = []
    for seed in range(count):
        dice = torch.Generator().manual_seed(seed)
        ids = torch.randint(0, vocabulary, (3, 9), generator=dice)
        lengths = torch.randint(2, 10, (3, 1), generator=dice)
        made.append(ids.masked_fill(torch.arange(9) >= lengths, -100))
    return made


def test_loss_is_that_of_gpt2_which_shifts_by_itself(causal_lm):
    from transformers import GPT2Config, GPT2LMHeadModel  # some seconds, spent by this test only

    torch.manual_seed(0)
    model = GPT2LMHeadModel(GPT2Config(vocab_size=31, n_positions=16, n_embd=16, n_layer=1, n_head=2)).eval()
    batches = []
    for labels in texts(20, 31):
        with torch.no_grad():
            theirs = model(labels.clamp(min=0), labels=labels)
        ours = causal_lm.lm_loss(theirs.logits, labels)
        assert torch.allclose(ours, theirs.loss, rtol=0, atol=1e-6)
        batches.append((theirs.logits, labels, float(theirs.loss)))

    counts = [int((labels[:, 1:] != -100).sum()) for _, labels, _ in batches]
    nats = sum(count * loss for count, (_, _, loss) in zip(counts, batches, strict=True))
    together = causal_lm.perplexity([(logits, labels) for logits, labels, _ in batches])
    assert math.isclose(together, math.exp(nats / sum(counts)), rel_tol=1e-5)


def test_half_precision_and_edge_are_those_that_the_instructions_name(causal_lm):
    from transformers.loss.loss_utils import ForCausalLMLoss

    for labels in texts(20, 40):
        logits = (4 * torch.randn(3, 9, 40, generator=torch.Generator().manual_seed(1))).half()
        theirs = ForCausalLMLoss(logits, labels, vocab_size=40)
        assert theirs.dtype == torch.float32
        assert torch.allclose(causal_lm.lm_loss(logits, labels), theirs, rtol=0, atol=1e-6)

    nothing = torch.full((2, 4), -100)
    assert math.isnan(ForCausalLMLoss(torch.zeros(2, 4, 5), nothing, vocab_size=5))
    assert causal_lm.lm_loss(torch.zeros(2, 4, 5), nothing) == 0


@pytest.fixture(scope="module")
def lora() -> ModuleType:
    return reference_of("lora-quantization")


def test_lora_layer_is_that_of_peft_before_and_after_merging(lora):
    from peft import LoraConfig, get_peft_model  # some seconds, spent by this test only

    dice = torch.Generator().manual_seed(0)
    for r, alpha in ((1, 2), (3, 8), (4, 1)):
        weight, bias = torch.randn(5, 7, generator=dice), torch.randn(5, generator=dice)
        A, B = torch.randn(r, 7, generator=dice), torch.randn(5, r, generator=dice)
        ours = lora.LoRALinear(lora.linear(weight, bias), r, alpha)
        model = get_peft_model(
            lora.chain(lora.linear(weight, bias)), LoraConfig(r=r, target_modules=["0"], lora_alpha=alpha)
        )
        theirs = model.base_model.model[0]
        fresh_A = theirs.lora_A["default"].weight
        assert fresh_A.shape == ours.A.shape
        assert fresh_A.abs().max() <= 7**-0.5 and ours.A.abs().max() <= 7**-0.5
        assert torch.equal(theirs.lora_B["default"].weight, ours.B)
        assert lora.count_trainable(ours) == lora.count_trainable(model) == model.get_nb_trainable_parameters()[0]

        ours.load_state_dict({"A": A, "B": B}, strict=False)
        theirs.load_state_dict({"lora_A.default.weight": A, "lora_B.default.weight": B}, strict=False)
        x = torch.randn(4, 2, 7, generator=dice)
        assert torch.allclose(ours(x), model(x), rtol=0, atol=1e-4)
        ours.merge()
        theirs.merge()
        assert torch.allclose(ours.base.weight, theirs.base_layer.weight, rtol=0, atol=1e-5)
        assert torch.allclose(ours(x), model(x), rtol=0, atol=1e-4)
        ours.unmerge()
        theirs.unmerge()
        assert torch.allclose(ours.base.weight, theirs.base_layer.weight, rtol=0, atol=1e-5)


def test_affine_range_is_the_one_that_torch_observes(lora):
    from torch.ao.quantization import MinMaxObserver, PerChannelMinMaxObserver

    for seed in range(20):
        dice = torch.Generator().manual_seed(seed)
        # Rows above zero, below it and across it.
        x = torch.randn(6, 9, generator=dice) * torch.rand(6, 1, generator=dice) + torch.randn(6, 1, generator=dice)
        for axis in (None, 0, 1):
            observer = MinMaxObserver() if axis is None else PerChannelMinMaxObserver(axis)
            observer(x)
            scale, zero_point = observer.calculate_qparams()
            _, ours, zero = lora.quantize_affine(x, 8, axis)
            assert torch.allclose(ours.flatten(), scale.flatten(), rtol=1e-6, atol=0)
            assert torch.equal(zero.flatten(), zero_point.flatten().long())
