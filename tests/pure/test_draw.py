from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.pure.draw import Draw
from autograder.pure.seed import seed_of

seeds = st.integers(0, 2**64 - 1)


@given(seeds)
def test_same_seed_draws_the_same(seed):
    one, other = Draw(seed), Draw(seed)
    assert torch.equal(one.normal(2, 3), other.normal(2, 3))
    assert torch.equal(one.integers(0, 9, 4), other.integers(0, 9, 4))
    assert (one.word("abc", 3, 9), one.sample(range(9), 3)) == (other.word("abc", 3, 9), other.sample(range(9), 3))


def test_seed_depends_on_the_secret_and_on_every_part():
    seeds_of = [
        seed_of(b"secret of year one", "double", "test_a"),
        seed_of(b"secret of year two", "double", "test_a"),
        seed_of(b"secret of year one", "double", "test_b"),
        seed_of(b"secret of year one", "double", "test_a", "ada"),
        seed_of(b"secret of year one", "doublet", "est_a"),
    ]
    assert len(set(seeds_of)) == len(seeds_of)
    assert all(0 <= seed < 2**64 for seed in seeds_of)


def test_secret_longer_than_a_key_still_seeds():
    assert seed_of(b"x" * 200, "a") == seed_of(b"x" * 64, "a")


def test_draws_have_the_shape_and_type_asked_for():
    draw = Draw(1)
    assert draw.normal(2, 3).shape == (2, 3) and draw.normal(1).dtype is torch.float32
    assert draw.normal(2, dtype=torch.float64).dtype is torch.float64
    assert draw.normal().shape == () and draw.uniform().shape == ()
    assert draw.integers(0, 5, 2, 2).dtype is torch.int64
    assert type(draw.integer(0, 5)) is int


def test_scale_is_the_standard_deviation():
    assert abs(float(Draw(1).normal(100_000, scale=3.0).std()) - 3.0) < 0.03


@given(seeds, st.integers(-5, 5), st.integers(1, 9))
def test_values_stay_within_their_bounds(seed, low, span):
    draw = Draw(seed)
    assert low <= draw.integer(low, low + span) < low + span
    drawn = draw.integers(low, low + span, 20)
    assert low <= int(drawn.min()) and int(drawn.max()) < low + span
    values = draw.uniform(20, low=low, high=low + span, dtype=torch.float64)
    assert low <= float(values.min()) and float(values.max()) < low + span
    word = draw.word("ab", 1, 1 + span)
    assert 1 <= len(word) < 1 + span and set(word) <= {"a", "b"}


@given(seeds, st.integers(1, 4), st.floats(0, 1))
def test_every_row_of_a_mask_keeps_something(seed, width, keep):
    mask = Draw(seed).mask(2, 3, width, keep=keep)
    assert mask.dtype is torch.bool and mask.shape == (2, 3, width) and bool(mask.any(-1).all())


def test_mask_keeps_about_the_share_asked_for():
    assert abs(float(Draw(1).mask(100, 100, keep=0.3).float().mean()) - 0.3) < 0.02


@given(seeds)
def test_sample_holds_different_items(seed):
    items = list(range(6))
    drawn = Draw(seed).sample(items, 4)
    assert len(set(drawn)) == 4 and set(drawn) <= set(items)
    assert Draw(seed).choice(items) in items


def test_drawn_tensors_can_be_written_to():
    tensor = Draw(1).normal(3)
    tensor[0] = 1.0
    assert np.isfinite(tensor.numpy()).all()


def test_what_is_made_once_is_made_for_the_first_student_and_leaves_later_draws_as_they_were():
    known, made = {}, []

    def corpus():
        made.append(draw.word("abc", 3, 9))
        return [made[-1]]

    seen = []
    for _ in range(3):
        draw = Draw(7, known)
        word = draw.once(corpus)
        seen.append((list(word), draw.integer(0, 1000), draw.once(lambda: 2), draw.integer(0, 1000)))
        word.append("changed by a test")
    alone = Draw(7)
    word = alone.word("abc", 3, 9)
    assert made == [word]
    assert seen == [([word], alone.integer(0, 1000), 2, alone.integer(0, 1000))] * 3


@given(seeds, seeds)
def test_what_is_made_once_belongs_to_its_seed(one, other):
    known = {}
    first, second = (Draw(seed, known).once(lambda seed=seed: seed) for seed in (one, other))
    assert (first, second) == (one, other)
