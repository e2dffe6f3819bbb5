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
INF = float("inf")
# The libraries' processors may read what was written so far; these do not.
UNREAD = torch.empty(0, 0, dtype=torch.int64)


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


@pytest.fixture(scope="module")
def masked_lm() -> ModuleType:
    return reference_of("masked-lm")


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


def masked_by_transformers(ids: torch.Tensor, special: dict[str, int], size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(inputs, labels) of the collator that people use, at its default shares."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from transformers import DataCollatorForLanguageModeling, PreTrainedTokenizerFast

    numbers = {f"w{i}": i for i in range(size) if i not in special.values()} | special
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(WordLevel(numbers, unk_token="[UNK]")),
        **{f"{name[1:-1].lower()}_token": name for name in special},
    )
    collator = DataCollatorForLanguageModeling(tokenizer, mlm_probability=0.15, seed=1)
    batch = collator([{"input_ids": row} for row in ids.tolist()])
    return batch["input_ids"], batch["labels"]


def test_masking_has_the_shares_and_conventions_of_the_collator_of_transformers(masked_lm):
    special, size = {"[PAD]": 0, "[CLS]": 2, "[SEP]": 5, "[MASK]": 7, "[UNK]": 11}, 1000
    dice = torch.Generator().manual_seed(0)
    ids = torch.randint(0, size, (400, 500), generator=dice)
    theirs = masked_by_transformers(ids, special, size)
    ours = masked_lm.mask_tokens(ids, special, size, lambda *dims: torch.rand(*dims, generator=dice))

    plain = ~torch.isin(ids, torch.tensor(list(special.values())))
    for inputs, labels in (theirs, ours):
        chosen = labels != -100
        assert torch.equal(labels[chosen], ids[chosen])
        assert not (chosen & ~plain).any()
        assert torch.equal(inputs[~chosen], ids[~chosen])
        masks, kept = inputs[chosen] == special["[MASK]"], inputs[chosen] == ids[chosen]
        changed = ~masks & ~kept
        for seen, share in ((chosen[plain], 0.15), (masks, 0.8), (kept, 0.1), (changed, 0.1)):
            # Five standard deviations, and a random word that is [MASK] or the old one, once in 500.
            allowed = 5 * math.sqrt(share * (1 - share) / seen.numel()) + 0.1 / 500
            assert abs(float(seen.double().mean()) - share) < allowed


@pytest.fixture(scope="module")
def decoding() -> ModuleType:
    return reference_of("decoding")


@pytest.fixture(scope="module")
def library() -> ModuleType:
    import transformers.generation.logits_process as library  # some seconds, spent by the tests that use it only

    return library


def draws(count: int) -> list[tuple[torch.Generator, torch.Tensor]]:
    """Logits [4, 50] of several spreads, all different, each with the generator that made them."""
    made = []
    for seed in range(count):
        dice = torch.Generator().manual_seed(seed)
        made.append((dice, torch.randn(4, 50, generator=dice, dtype=torch.float64) * (1 + seed % 5)))
    return made


def test_temperature_and_top_k_are_those_of_transformers(decoding, library):
    for dice, logits in draws(200):
        temperature = 0.1 + 3 * float(torch.rand((), generator=dice))
        k = int(torch.randint(1, 60, (), generator=dice))
        warmed = library.TemperatureLogitsWarper(temperature)(UNREAD, logits)
        assert torch.equal(decoding.apply_temperature(logits, temperature), warmed)
        assert torch.equal(decoding.top_k_filter(logits, k), library.TopKLogitsWarper(k)(UNREAD, logits))


def test_equals_at_the_edge_of_top_k_all_stay_in_both(decoding, library):
    for dice, _ in draws(50):
        logits = torch.randint(0, 5, (4, 20), generator=dice).float()
        for k in (1, 3, 7):
            assert torch.equal(decoding.top_k_filter(logits, k), library.TopKLogitsWarper(k)(UNREAD, logits))


def test_top_p_is_that_of_transformers(decoding, library):
    for dice, logits in draws(200):
        p = 0.01 + 0.98 * float(torch.rand((), generator=dice))
        assert torch.equal(decoding.top_p_filter(logits, p), library.TopPLogitsWarper(p)(UNREAD, logits))


def test_all_three_in_their_order_are_those_of_transformers(decoding, library):
    for dice, logits in draws(200):
        temperature, p = (0.2 + 0.75 * float(torch.rand((), generator=dice)) for _ in range(2))
        k = int(torch.randint(2, 40, (), generator=dice))
        chain = (library.TemperatureLogitsWarper(temperature), library.TopKLogitsWarper(k), library.TopPLogitsWarper(p))
        warped = logits
        for each in chain:
            warped = each(UNREAD, warped)
        probs = decoding.next_token_probs(logits, temperature, k, p)
        assert torch.allclose(probs, warped.softmax(-1), rtol=1e-12, atol=0)
        assert torch.equal(probs == 0, warped == -INF)


def test_edges_at_which_transformers_differ_are_those_of_the_instructions(decoding, library):
    equals = torch.tensor([[0.4, 0.2, 0.2, 0.2]]).log()
    assert int((decoding.top_p_filter(equals, 0.5) > -INF).sum()) == 4
    assert int((library.TopPLogitsWarper(0.5)(UNREAD, equals) > -INF).sum()) == 2

    tail = torch.tensor([[0.0, -200.0]])
    assert torch.equal(decoding.top_p_filter(tail, 1.0), tail)
    assert library.TopPLogitsWarper(1.0)(UNREAD, tail).tolist() == [[0.0, -INF]]

    with pytest.raises(ValueError, match="do_sample=False"):
        library.TemperatureLogitsWarper(0.0)
    assert decoding.apply_temperature(tail, 0.0).tolist() == [[0.0, -INF]]


def test_loop_writes_what_generate_of_transformers_writes_greedily(decoding, library):
    from transformers import GPT2Config, GPT2LMHeadModel

    eos_id, lengths = 0, []
    config = GPT2Config(
        vocab_size=8, n_positions=32, n_embd=16, n_layer=1, n_head=2, eos_token_id=eos_id, tie_word_embeddings=False
    )
    torch.manual_seed(0)
    model = GPT2LMHeadModel(config).eval()
    for name, weights in model.named_parameters():
        if name in ("transformer.wte.weight", "transformer.wpe.weight", "lm_head.weight"):
            torch.nn.init.normal_(weights, std=1.0)
    for _ in range(8):
        prompt = torch.randint(1, 8, (3, 4))
        with torch.no_grad():
            new = decoding.generate(lambda ids: model(ids).logits[:, -1], prompt, torch.zeros(3, 9), eos_id, 0.0)
        theirs = model.generate(
            prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=9, do_sample=False, pad_token_id=eos_id
        )
        assert torch.equal(new, theirs[:, 4:])
        lengths += (new != eos_id).sum(dim=1).tolist()
    assert min(lengths) < 8 and max(lengths) == 9


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
