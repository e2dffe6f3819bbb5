"""References against the libraries that people use in their place, on many draws.

Covers where both agree, and the edges at which the instructions say that they differ. Does not cover the hidden
suites, which bring oracles of their own so that an instructor needs none of these libraries.
"""

from __future__ import annotations

import math
import random
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


@pytest.fixture(scope="module")
def rag_tools() -> ModuleType:
    return reference_of("rag-tools")


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


def test_scores_are_those_of_bm25s_in_its_lucene_variant(rag_tools):
    import bm25s

    for seed in range(30):
        dice = random.Random(seed)
        docs = [[dice.choice("abcdefg") for _ in range(dice.randrange(1, 12))] for _ in range(dice.randrange(2, 9))]
        query = [dice.choice("abcdefgz") for _ in range(6)] + docs[0][:1]  # repetitions, and a word nobody holds
        k1, b = dice.choice((0.5, 1.2, 2.0)), dice.choice((0.0, 0.4, 0.75, 1.0))
        theirs = bm25s.BM25(method="lucene", k1=k1, b=b, dtype="float64")
        theirs.index(docs, show_progress=False)
        known = [word for word in query if any(word in doc for doc in docs)]
        assert rag_tools.bm25(query, docs, k1, b) == pytest.approx(theirs.get_scores(known), rel=1e-9, abs=1e-12)


def test_nearest_rows_are_those_of_scikit_learn_with_its_zero_for_vectors_of_zeros(rag_tools):
    from sklearn.metrics.pairwise import cosine_similarity

    for seed in range(30):
        dice = torch.Generator().manual_seed(seed)
        docs = torch.randn(9, 5, dtype=torch.float64, generator=dice)
        docs[seed % 9] = 0.0
        query = torch.randn(5, dtype=torch.float64, generator=dice) * (seed > 0)
        theirs = torch.from_numpy(cosine_similarity(query[None], docs)[0])
        indices, scores = rag_tools.cosine_topk(query, docs, 6)
        assert torch.allclose(scores, theirs.sort(descending=True).values[:6], rtol=0, atol=1e-12)
        assert torch.allclose(scores, theirs[indices], rtol=0, atol=1e-12)
