from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.quizzes.load import load_quiz
from autograder.pure.quizzes.marking import longest_run, mark, ticked
from autograder.pure.quizzes.variants import settle
from autograder.quiz_types import Choices, Filled, Grid, Match, Order, Picked, Typed

QUIZ = settle(
    load_quiz(Path(__file__).parents[2] / "quizzes" / "valid" / "every-type.yaml"),
    {"kv": {"L": 12, "d": 768, "T": 512}},
)


def credit(id, answer, language="en"):
    return mark(QUIZ.question(id), answer, language).credit


@pytest.mark.parametrize(
    ("id", "answer", "expected"),
    [
        ("scale", Picked(("var",)), 1),
        ("scale", Picked(("mem",)), 0),
        ("scale", Picked(("var", "mem")), 0),
        ("pos", Picked(("a", "d")), 1),
        ("pos", Picked(("a",)), 0.5),
        ("pos", Picked(("a", "b")), 0),
        ("pos", Picked(("a", "d", "b")), 0.5),
        ("pos", Picked(("a", "b", "c", "d")), 0),
        ("causal", Picked(("true",)), 1),
        ("causal", Picked(("false",)), 0),
        ("kv", Typed("18"), 1),
        ("kv", Typed("18.1 MiB"), 1),
        ("kv", Typed("18,1 Mio"), 1),
        ("kv", Typed("0.017578125 GiB"), 1),
        ("kv", Typed("18.3"), 0),
        ("kv", Typed("18 MB"), 0),
        ("kv", Typed("eighteen"), 0),
        ("who", Typed("Attention is all you need."), 1),
        ("who", Typed("Attention\u00a0is  all you need"), 1),
        ("who", Typed("the paper Attention is all you need"), 0),
        ("who", Typed("vaswani et al."), 0.5),
        ("gap", Filled({"a": "15", "b": "next", "c": "Encodeur"}), 1),
        ("gap", Filled({"a": "15 %", "b": "last"}), 1 / 3),
        ("families", Filled({"l1": "i1", "l2": "i2"}), 1),
        ("families", Filled({"l1": "i1", "l2": "i3"}), 0.5),
        ("uniform", Filled({"0": "0.5", "1": "1/2"}), 1),
        ("uniform", Filled({"0": "0,5", "1": "0.6"}), 0.5),
        ("mask", Filled(dict.fromkeys(Grid((3, 3), True).cells, "true")), 0),
        ("mask", Filled({"0,0": "true", "1,0": "1", "1,1": "on", "2,0": "true", "2,1": "true", "2,2": "true"}), 1),
        ("mask", Filled({"0,0": "true", "1,1": "true", "2,2": "true"}), 0.5),
        ("heads", Typed("(B, H, T, d_k)"), 1),
        ("heads", Typed("B,T,H,dk"), 0.5),
        ("heads", Typed("B, H, T"), 0),
        ("out", Typed("torch.Size([3])\n"), 1),
        ("out", Typed("torch.Size([ 3 ])"), 1),
        ("out", Typed("(3,)"), 0),
        ("look", Picked(("0,1",)), 1),
        ("look", Picked(("0,1", "1,0")), 0),
        ("bug", Picked(("2",)), 1),
        ("part", Picked(("left",)), 0),
        ("essay", Typed("Because…"), None),
    ],
)
def test_answer_earns(id, answer, expected):
    assert credit(id, answer) == (expected if expected is None else pytest.approx(expected))


def test_no_answer_earns_nothing_and_is_told_apart_from_a_wrong_one():
    for question in QUIZ.questions:
        assert mark(question, None, "en") == mark(question, Picked(()), "en")
        assert not mark(question, Typed("  "), "en").answered


def test_trap_is_recognised_and_explained():
    marked = mark(QUIZ.question("kv"), Typed("9"), "en")
    assert (marked.credit, marked.misconceptions) == (0, ("forgets-values",))
    assert [each.en for each in marked.remarks] == ["You forgot V"]


def test_wrong_choice_shows_its_misconception_and_not_the_key():
    marked = mark(QUIZ.question("scale"), Picked(("mem",)), "en")
    assert marked.misconceptions == ("cost-vs-statistics",)
    assert [each.en for each in marked.remarks] == ["The shape is the same"]


def test_order_pays_the_longest_run():
    key = QUIZ.question("pipeline").body.key
    assert credit("pipeline", Picked((key[1], key[0], key[2], key[3]))) == pytest.approx(2 / 3)
    assert credit("pipeline", Picked(tuple(reversed(key)))) == 0
    assert credit("pipeline", Picked(key)) == 1


def test_order_by_positions_and_all_or_nothing():
    question = QUIZ.question("pipeline")
    key = question.body.key
    swapped = Picked((key[1], key[0], key[2], key[3]))
    for scoring, expected in (("positions", 0.5), ("all-or-nothing", 0)):
        assert mark(replace(question, body=replace(question.body, scoring=scoring)), swapped, "en").credit == expected


def test_all_or_nothing_pays_the_exact_set_only():
    assert ticked(["a"], ["a", "b"], ["c"], "all-or-nothing") == 0
    assert ticked(["b", "a"], ["a", "b"], ["c"], "all-or-nothing") == 1


ids = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), unique=True)


@given(ids, st.integers(1, 5), st.sampled_from(["balanced", "all-or-nothing"]))
def test_ticks_earn_within_bounds_and_more_right_ones_never_less(picked, right, scoring):
    letters = ["a", "b", "c", "d", "e", "f"]
    key, wrong = letters[:right], letters[right:]
    earned = ticked(picked, key, wrong, scoring)
    assert 0 <= earned <= 1
    for more in set(key) - set(picked):
        assert ticked([*picked, more], key, wrong, scoring) >= earned


@given(st.permutations("abcdef"), st.data())
def test_longest_run_grows_with_an_item_in_its_place(order, data):
    kept = data.draw(st.integers(0, 6))
    assert longest_run(order[:kept], "abcdef") <= longest_run(order, "abcdef") <= 6
    assert longest_run(tuple("abcdef")[:kept], "abcdef") == kept


slots = st.dictionaries(
    st.sampled_from(["a", "b", "c", "l1", "l2", "0", "1", "0,0", "1,1", "9,9"]),
    st.sampled_from(["15", "next", "encoder", "i1", "i2", "0.5", "true", "x", ""]) | st.text(max_size=20),
)
answers = (
    st.lists(st.sampled_from(["var", "mem", "a", "b", "true", "i1", "i2", "i3", "i4", "0,1", "2", "?"]) | st.text())
    .map(tuple)
    .map(Picked)
    | st.text(max_size=80).map(Typed)
    | st.sampled_from(["18", "1e999", "9/0", "(2**9)**9", "B*H", "9" * 99, "2^999", "١٢"]).map(Typed)
    | slots.map(Filled)
)


@given(st.sampled_from(QUIZ.questions), answers, st.sampled_from(["en", "fr"]))
def test_any_answer_earns_between_nothing_and_everything(question, answer, language):
    marked = mark(question, answer, language)
    assert marked.credit is None or 0 <= marked.credit <= 1
    assert 0 <= marked.points <= question.points
    assert marked == mark(question, answer, language)


def test_keys_themselves_earn_everything():
    for question in QUIZ.questions:
        match question.body:
            case Choices(choices=choices):
                key = Picked(tuple(each.id for each in choices if each.correct))
            case Match(key=pairs):
                key = Filled(pairs)
            case Order(key=order):
                key = Picked(order)
            case _:
                continue
        assert mark(question, key, "en").credit == 1
