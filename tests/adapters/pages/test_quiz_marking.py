"""The page of a practice quiz marks as the platform does: the same answers to both, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from autograder.adapters.pages.page import asset
from autograder.adapters.pages.quiz import solved
from autograder.adapters.quizzes.documents import answers_document
from autograder.adapters.quizzes.load import load_quiz, quiz_files
from autograder.pure.quizzes.dimensions import same_dimension
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.marking import mark
from autograder.pure.quizzes.numbers import read_number
from autograder.pure.quizzes.release import student_quiz
from autograder.pure.quizzes.variants import settle
from autograder.quiz_types import Filled, Picked, Typed

QUIZZES = Path(__file__).parents[2] / "quizzes"
DRAWN = {"kv": {"L": 12, "d": 768, "T": 1024}}
MORE = r"""
schema: 1
id: more
title: {en: More, fr: Plus}
mode: practice
questions:
- {id: exact, type: multiple, scoring: all-or-nothing, prompt: 'Which?', choices: [
    {id: a, text: A, correct: true, why: a}, {id: b, text: B, why: b}, {id: '3', text: C, correct: true, why: c}]}
- {id: rate, type: numeric, prompt: 'How fast?', why: so, answer: {value: 1.5, rtol: 0.01, unit: GB, accept: [MiB, GB]},
   traps: [{expr: '3', why: bits}, {expr: '1.5e9', why: bytes}]}
- {id: share, type: numeric, prompt: 'How much?', why: so, answer: {value: 12.5, atol: 0.05}}
- {id: word, type: text, prompt: 'Who?', why: so, accept: [
    {regex: '(self[- ]?)?attention\.?', flags: i}, {regex: '\bl''id\w+ \d+\\b'}, {regex: '[\w-]{2,4} [^a-z]+!'},
    {text: Straße}, {text: {en: a head, fr: une tête}, credit: 0.5, why: half}], traps: [{text: RNN, why: older}]}
- {id: places, type: order, scoring: positions, prompt: Order, why: so, items: [a, b, c, d]}
- {id: whole, type: order, scoring: all-or-nothing, prompt: Order, why: so, items: [a, b, c]}
- {id: tall, type: tensor, prompt: Fill, why: so, answer: {value: [[1, 2.5], [-3, 4]], atol: 0.01}}
- {id: dims, type: shape, prompt: 'Shape?', why: so, answer: ['B*H', '2*T + 1', 'd // 2']}
- {id: cells, type: hotspot, many: true, prompt: 'Where?', why: so, answer: [[0, 1], [1, 0]],
   matrix: {rows: [a, b], columns: [a, b]}, traps: [{at: [1, 1], why: corner}]}
"""


def _listed(text: str) -> list[str]:
    """Texts with `|` between them; line ends of the source are none of theirs."""
    return text.replace("\n", "").replace("¶", "\n").split("|")


NUMBERS = _listed(
    """
1.5 GB|1,5 Go|1.5|1,500 MB|1 500 MB|1430.5 MiB|1430,5 Mio|1500 Mo|1.5e0 GB|1.5 * 10^9 B|3/2 GB|3|3.0 GB|12 Gbit|
1.5 TB|1.5 heads|0.0015 TB|1.5e9|1.5×10⁹ o|12.5|12,5|12.5%|12.5 %|25/2|-12.5|−12,5|1e1|1E-400|9e999|2^10|2**-3|
10⁻³|1/0|| |abc|.5|,5|1.|1..2|1,2,3|1,234,567.8|1.234.567,8|1_000|12 345|0,125|1,000|1.000|144 MiB|288 MiB|
0.140625 GiB|5e-1|0.5|0,5|½|1 2|15|15 %|+15|1.4999 GB|1.486 GB|1.48 GB
"""
)
WORDS = _listed(
    """
Attention is all you need|attention is all you need.| ATTENTION  is all you need |Vaswani et al.|self-attention|
Self attention.|selfattention|l'idée 12|l’idée 12.|l'idee 12x|Straße|STRASSE|strasse|a head|Une tête|
une te\u0302te|RNN|rnn|RNN !|ab-c 12!|ab-c 12 !|éé É!|encoder|encodeur|\u200battention|tor\xadch|
\xab\xa0RNN\xa0\xbb|a\u202f!
"""
)
SHAPES = _listed(
    """
B, H, T, d_k|(B, H, T, dk)|B×H×T×d_k|B H T d|torch.Size([B, H, T, d_k])|$B, H, T, d_k$|H, B, T, d_k|B, H, T|
B*H, 2*T+1, d//2|H*B; T*2 + 1; d//2|B·H, 1+T+T, (d - d%2)/2|H B, 2T+1, d/2|(B*H, 2*T + 1, d//2)|
B*H, T**2, max(d//2, 0)|1/0, 2, 3|2**200, 1, 1|B*H, 2*(T)+1, floor(d/2)|B*H, 2*T+1, d//2,||
B*H, round(2*T+1.2), comb(d, 1)//2|a b c d e f g h i j|B*H, -(-2*T-1), d//2|B*H, 02*T+1, d//2|1_0, 1e0, .5
"""
)
OUTPUTS = _listed(
    """
torch.Size([3])|torch.Size( [3 ] )|torch.Size([3])¶|torch.Size([2])| torch.Size([3])  |x\r¶y
"""
)
WORDS.append("x" * 600)


@pytest.fixture(scope="module")
def questions(tmp_path_factory):
    file = tmp_path_factory.mktemp("quizzes") / "more.yaml"
    file.write_text(MORE, encoding="utf-8")
    quizzes = [settle(load_quiz(QUIZZES / "valid/every-type.yaml"), DRAWN), load_quiz(file)]
    return [(quiz, question) for quiz in quizzes for question in quiz.questions]


@pytest.fixture(scope="module")
def page(chromium):
    opened = chromium.new_page()
    opened.set_content("<!doctype html><title>marking</title>")
    opened.add_script_tag(content=asset("quiz_arithmetic.js", "quiz_marking.js"))
    return opened


def _answers(question, dice):
    """Right, wrong, partial, of the wrong kind, and none."""
    yield from (
        None,
        Picked(()),
        Typed(""),
        Filled({}),
        Typed("true"),
        Filled({"a": "15", "b": "next"}),
        Picked(("x",)),
    )
    right = key_answer(question)
    if right is not None:
        yield right
    texts = {"numeric": NUMBERS, "text": WORDS, "shape": SHAPES, "output": OUTPUTS, "essay": WORDS}.get(
        question.type, ()
    )
    yield from (Typed(each) for each in texts)
    if isinstance(right, Filled):
        pool = (*right.slots.values(), *NUMBERS, *WORDS, "true", "false")
        for _ in range(60):
            yield Filled({id: text if dice.random() < 0.5 else dice.choice(pool) for id, text in right.slots.items()})
    ids = [each.id for each in getattr(question.body, "choices", ()) or getattr(question.body, "items", ())]
    picture = getattr(question.body, "picture", None)
    ids += [each.id for each in picture.targets] if picture else []
    for _ in range(40 if ids else 0):
        yield Picked(tuple(dice.sample(ids, dice.randint(1, len(ids)))))


def test_every_answer_earns_and_is_told_the_same_in_the_page(questions, page):
    cases, expected = [], []
    for quiz, question in questions:
        for language in ("en", "fr"):
            key = solved(question, quiz, language)
            for answer in _answers(question, Random(question.id)):
                earned = mark(question, answer, language)
                cases.append([key, answers_document({"q": answer})["q"] if answer is not None else None, language])
                expected.append((earned.credit, earned.answered, len(earned.remarks), bool(earned.misconceptions)))
    marks = page.evaluate("(cases) => cases.map(([key, answer, language]) => markAnswer(key, answer, language))", cases)
    found = [(each["credit"], each["answered"], len(each["remarks"]), bool(each["lesson"])) for each in marks]
    differ = [
        (key["rule"], json.dumps(answer, ensure_ascii=False), language, got, wanted)
        for (key, answer, language), got, wanted in zip(cases, found, expected, strict=True)
        if got != pytest.approx(wanted)
    ]
    assert differ == [] and len(cases) > 1500
    # Of every rule, right answers, wrong ones and partial ones were among them.
    assert {each[0] for each in expected} >= {0.0, 1.0, 0.5, None}


def test_every_key_of_the_course_earns_everything_in_its_page(page):
    cases, named = [], []
    for file in quiz_files(QUIZZES.parents[1] / "quizzes"):
        quiz = load_quiz(file)
        for question in settle(quiz, student_quiz(quiz, b"practice").drawn).questions:
            right = key_answer(question) if quiz.mode == "practice" else None
            if right is not None:
                cases.append([solved(question, quiz, "fr"), answers_document({"q": right})["q"]])
                named.append((quiz.id, question.id))
    credits = page.evaluate("(cases) => cases.map(([key, answer]) => markAnswer(key, answer, 'fr').credit)", cases)
    assert [each for each, credit in zip(named, credits, strict=True) if credit != 1] == [] and len(named) > 5


def test_numbers_are_read_the_same(page):
    dice, alphabet = Random(1), "0123456789.,  _eE^*/-+×⁻²% GMiBo"
    texts = [*NUMBERS, *("".join(dice.choices(alphabet, k=dice.randint(1, 9))) for _ in range(3000))]
    for language in ("en", "fr"):
        found = page.evaluate(
            "([texts, language]) => texts.map((text) => readNumber(text, language))", [texts, language]
        )
        read = [read_number(text, language) for text in texts]
        wanted = [None if each is None else {"value": pytest.approx(each.value), "unit": each.unit} for each in read]
        assert [(text, got) for text, got, each in zip(texts, found, wanted, strict=True) if got != each] == []
        assert 300 < sum(each is not None for each in read) < len(texts)


def test_dimensions_are_equal_for_both(page):
    dice, parts = (
        Random(2),
        ["B", "T", "2", "3", "10", "+", "-", "*", "/", "//", "%", "**", "(", ")", " ", "max(", ",", "d"],
    )
    exprs = ["".join(dice.choices(parts, k=dice.randint(1, 7))) for _ in range(3000)]
    pairs = [(each, dice.choice(["B", "2*T", "6", each, each, each])) for each in exprs]
    wanted = [same_dimension(written, expected.replace("_", "")) for written, expected in pairs]
    found = page.evaluate("(pairs) => pairs.map(([a, b]) => isSameDimension(a, b))", pairs)
    assert [each for each, got, right in zip(pairs, found, wanted, strict=True) if got != right] == []
    assert 100 < sum(wanted) < len(pairs) - 100
