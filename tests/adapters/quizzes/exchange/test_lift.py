"""Quizzes that went out and came back in both languages: what was not degraded is marked as before."""

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from autograder.adapters.quizzes.exchange.bank import (
    Bank,
    Gaps,
    Item,
    Numbers,
    Open,
    Option,
    Pairs,
    Pick,
    Settings,
    Value,
    Word,
    Words,
)
from autograder.adapters.quizzes.exchange.fit import bank_of
from autograder.adapters.quizzes.exchange.formats import FORMATS
from autograder.adapters.quizzes.exchange.lift import document_of
from autograder.adapters.quizzes.exchange.quiz_file import together, yaml_of
from autograder.adapters.quizzes.load import load_quiz, quiz_files
from autograder.adapters.yaml_file import parse_yaml
from autograder.errors import CourseError
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.marking import mark
from autograder.pure.quizzes.variants import PLACEHOLDER
from autograder.quiz_types import (
    Choices,
    Cloze,
    Filled,
    Grid,
    Hotspot,
    Match,
    Numeric,
    Order,
    Picked,
    Select,
    Tensor,
    Typed,
    Written,
)

ROOT = Path(__file__).parents[4]
FOLDERS = ("quizzes", "tests/quizzes/valid", "tests/quizzes/exchange")
QUIZZES = [file for folder in FOLDERS for file in quiz_files(ROOT / folder)]
READ_AS = {"tensor": "cloze"}  # a table to fill in is a text with gaps
loaded = cache(load_quiz)


def probes(question):
    """Answers of a student, right and wrong, in an order that is that of the question's parts."""
    match question.body:
        case Choices(choices=choices):
            ids = [each.id for each in choices]
            return [Picked(some) for count in (1, 2) for some in combinations(ids, count)] + [Picked(tuple(ids))]
        case Hotspot(picture=picture):
            return [Picked((each.id,)) for each in picture.targets]
        case Numeric(traps=traps):
            right = float(key_answer(question).text)
            wrong = [float(each.expr) for each in traps]
            return [Typed(repr(each)) for each in (right, 1.5 * right + 1, *wrong)] + [Typed("none")]
        case Written(accept=accept):
            return [Typed(text) for each in accept for text in each.texts] + [Typed("zzz")]
        case Match(lefts=lefts, rights=rights, key=key):
            rights = [each.id for each in rights]
            turned = {left.id: rights[(rights.index(key[left.id]) + 1) % len(rights)] for left in lefts}
            return [Filled(dict(key)), Filled(turned), Filled({lefts[0].id: key[lefts[0].id]})]
        case Order(key=order):
            return [Picked(order), Picked(order[::-1]), Picked((order[-1], *order[:-1]))]
        case Cloze(blanks=blanks):
            return [Filled(filled(question, right)) for right in (len(blanks), 1, 0)]
        case Tensor(cells=cells, shape=shape) if not question.body.boolean:
            keys = dict(zip(Grid(shape, False).cells, cells, strict=True))
            halves = (len(keys), 1, 0)
            return [
                Filled({name: keys[name] if n < right else "zzz" for n, name in enumerate(keys)}) for right in halves
            ]
    return []


def filled(question, right):
    """The first `right` blanks of the text as the key says, the others wrong."""
    order = [name for name in PLACEHOLDER.findall(question.prompt.en) if name in {b.id for b in question.body.blanks}]
    bodies = {blank.id: blank.body for blank in question.body.blanks}
    return {name: answer(bodies[name]) if place < right else "zzz" for place, name in enumerate(order)}


def answer(body):
    match body:
        case Select(answer=right):
            return right
        case Numeric(expr=expr):
            return expr
        case Written(accept=accept):
            return next(each.texts[0] for each in accept if each.texts and each.credit == 1)


def back(file, name, folder):
    """The quiz that comes back from both languages, and the losses on the way out."""
    form, documents, lost = FORMATS[name], [], set()
    for language in ("en", "fr"):
        bank, losses = bank_of(loaded(file), language, form.able, b"secret", 2)
        lost |= set(losses)
        read, _ = form.read(form.write(bank, folder))
        document, pictures, _ = document_of(read, file.stem)
        documents.append(document)
    for picture, svg in pictures.items():
        (folder / picture).write_text(svg)
    out = folder / f"{file.stem}.yaml"
    out.write_text(yaml_of(together(*documents, out.name)), encoding="utf-8")
    return load_quiz(out), lost


@pytest.mark.parametrize("file", QUIZZES, ids=lambda file: file.stem)
@pytest.mark.parametrize("name", FORMATS)
def test_what_was_not_degraded_is_marked_as_before(name, file, tmp_path):
    again, lost = back(file, name, tmp_path)
    changed = {loss.question for loss in lost if loss.level != "aside"}
    kept = [each for each in loaded(file).questions if each.id not in changed]
    assert {each.id for each in kept} <= {each.id for each in again.questions}
    for question in kept:
        other = again.question(question.id)
        assert (READ_AS.get(question.type, question.type), question.points) == (other.type, other.points)
        assert len(probes(question)) == len(probes(other)) or isinstance(question.body, Written)
        for mine, theirs in zip(probes(question), probes(other), strict=False):
            if isinstance(question.body, Written):
                theirs = mine
            for language in ("en", "fr"):
                one, two = mark(question, mine, language), mark(other, theirs, language)
                assert one.credit == pytest.approx(two.credit, abs=1e-9), (question.id, mine)


def lifted(*items, **settings):
    bank = Bank("b", "A title", "en", items, Settings(**settings))
    document, _, lost = document_of(bank, "b")
    return document["questions"], [(each.question, each.what) for each in lost]


def test_what_ours_has_no_room_for_is_told():
    pick = Pick((Option("a", 1.0, id="a"), Option("b", 0.5, id="b"), Option("c", 0.0, id="c")))
    ticks = Pick((Option("a", 0.9, id="a"), Option("b", 0.1, id="b"), Option("c", -1.0, id="c")), many=True)
    numbers = Numbers((Value(1.0, 0.1), Value(2.0, 0.5, 0.5)), "parsec", (("parsec", 1.0),))
    _, lost = lifted(
        Item("one", "<u>x</u>", pick),
        Item("two", "{{name}}", ticks),
        Item("three", "x", numbers, group="g"),
        Item("four", "x", Words((Word("a"), Word("b", 0.0)))),
    )
    assert lost == [
        ("one", "choices that earn a part earn nothing"),
        ("one", "what stood in <u> is left out, or lost its form"),
        ("two", "ticks weigh +0.5 and -1, not as they did"),
        ("three", "one number is right, the first that earned most"),
        ("three", "the unit 'parsec', which quizzes do not know"),
        ("four", "the wrong answer 'b', which nothing was said about"),
        ("g", "variants of which one is drawn become questions of their own"),
    ]


def test_placeholders_of_others_are_no_parameters_of_ours():
    gaps = Gaps((("a", Words((Word("x"),))),))
    questions, _ = lifted(Item("one", "{{a}} and {{name}}", gaps))
    assert questions[0]["prompt"] == "{{a}} and { {name}}"


def test_places_to_match_are_an_order_again():
    questions, _ = lifted(Item("one", "x", Pairs((("1", "first"), ("2", "second")))))
    assert (questions[0]["type"], questions[0]["items"]) == ("order", ["first", "second"])


def test_essay_of_others_gets_one_criterion():
    questions, _ = lifted(Item("one", "x", Open("Be <em>kind</em>"), points=3.0))
    assert questions[0]["rubric"] == [{"id": "answer", "points": 3.0, "text": "Be *kind*"}]


@pytest.mark.parametrize("text", ["no", "12:30", "1e3", "017", "a: b", "- a", "'", '"', "a\nb", " a", "#", "$\\alpha$",
                                  "é «", "a\n\n  b\n", "\t", "null"])  # fmt: skip
def test_any_text_survives_its_file(text):
    written = yaml_of({"schema": 1, "id": "true", "text": [text, {"en": text}]})
    assert parse_yaml(written, "a.yaml").value["text"] == [text, {"en": text}]


def test_files_of_two_quizzes_do_not_come_together():
    with pytest.raises(CourseError, match=r"a\.fr\.xml: it differs from the English file at 'questions\.1\.points'"):
        together({"questions": [{"points": 1}]}, {"questions": [{"points": 2}]}, "a.fr.xml")
    with pytest.raises(CourseError, match="at 'questions'"):
        together({"questions": [1]}, {"questions": [1, 2]}, "a.fr.xml")
    assert together({"why": "a", "id": "x"}, {"why": "b", "id": "x"}, "f") == {
        "why": {"en": "a", "fr": "b"},
        "id": "x",
    }
