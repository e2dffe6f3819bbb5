"""Moodle XML as Moodle exports it, and what is in ours."""

from pathlib import Path

import pytest

from autograder.adapters.quizzes.exchange.bank import (
    Gaps,
    Item,
    Loss,
    Numbers,
    Open,
    Option,
    Ordering,
    Pairs,
    Pick,
    TrueFalse,
    Value,
    Word,
    Words,
)
from autograder.adapters.quizzes.exchange.embedded import embed, extract
from autograder.adapters.quizzes.exchange.moodle_read import read
from autograder.adapters.quizzes.exchange.shares import GRADES, percent, share_of
from autograder.errors import CourseError


def question(kind, inside, text="Why?"):
    return (
        f'<quiz><question type="{kind}"><name><text>A name</text></name><questiontext format="html"><text>{text}</text>'
        f"</questiontext>{inside}</question></quiz>"
    ).encode()


def answer(text, fraction="0", inside=""):
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{inside}</answer>'


def body(kind, inside, text="Why?"):
    bank, lost = read(Path("a.xml"), question(kind, inside, text))
    assert lost == ()
    return bank.items[0].body


def test_questions_as_moodle_exports_them_are_read():
    assert body("multichoice", "<single>false</single>" + answer("a", "33.33333") + answer("b", "-100")) == Pick(
        (Option("a", 1 / 3, id="a"), Option("b", -1.0, id="b")), many=True
    )
    assert body("truefalse", answer("true", "0") + answer("false", "100")) == TrueFalse(False)
    assert body("shortanswer", "<usecase>1</usecase>" + answer("a\\*b", "50")) == Words((Word("a*b", 0.5),), case=True)
    assert body("numerical", answer("3.5", "100", "<tolerance>0.1</tolerance>") + answer("*", "0")) == Numbers(
        (Value(3.5, 0.1),)
    )
    assert body("essay", "") == Open()
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    assert body("matching", pair.format("x", "1") + pair.format("", "2")) == Pairs((("x", "1"),), ("2",))
    grading = "<gradingtype>ABSOLUTE_POSITION</gradingtype>"
    assert body("ordering", grading + answer("second", "2.0000000") + answer("first", "1.0000000")) == Ordering(
        ("first", "second"), "positions"
    )


def test_gaps_as_moodle_documents_them_are_read():
    text = "A {1:MULTICHOICE:=California#OK~Arizona#Wrong} b {:SA:%100%Paris~%50%Marseille#No}, c {2:NM:=15:0.5}."
    assert extract(text) == (
        "A {{a}} b {{b}}, c {{c}}.",
        Gaps(
            (
                ("a", Pick((Option("California", 1.0, "OK"), Option("Arizona", 0.0, "Wrong")))),
                ("b", Words((Word("Paris"), Word("Marseille", 0.5, "No")))),
                ("c", Numbers((Value(15.0, 0.5),))),
            )
        ),
    )


@pytest.mark.parametrize("word", ["a~b", "a#b", "a}b", "{a}", "=a", "%50%a", "a*b", "a<b & c", "x^{2}~"])
def test_signs_of_the_syntax_are_escaped(word):
    gaps = Gaps((("a", Words((Word(word), Word("other", 0.0, "not ~ this # one }")))),))
    assert extract(embed("Say {{a}}.", gaps)) == ("Say {{a}}.", gaps)


def test_every_share_of_moodle_survives_its_percentage():
    assert [share_of(percent(share)) for share in GRADES] == list(GRADES)
    assert (percent(1 / 3), percent(-0.5), share_of("12.5")) == ("33.33333", "-50", 0.125)


def test_unknown_questions_are_told_and_the_others_read():
    bank, lost = read(Path("a.fr.xml"), question("calculated", "").replace(b"</quiz>", question("essay", "")[6:]))
    assert lost == (Loss("a-name", "lost", "questions of type 'calculated' are not read"),)
    assert bank.items == (Item("a-name", "Why?", Open()),)
    assert (bank.id, bank.language) == ("a", "fr")


def test_another_document_is_refused():
    with pytest.raises(CourseError, match="its root is <html>, Moodle XML has <quiz>"):
        read(Path("a.xml"), b"<html/>")
