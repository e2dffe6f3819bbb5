"""GIFT: every sign of its syntax survives, files as people write them are read, and faults are told at once."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.adapters.quizzes.exchange.bank import (
    Bank,
    Item,
    Numbers,
    Open,
    Option,
    Pairs,
    Pick,
    TrueFalse,
    Value,
    Word,
    Words,
)
from autograder.adapters.quizzes.exchange.fit import letter
from autograder.adapters.quizzes.exchange.gift import escaped, write
from autograder.adapters.quizzes.exchange.gift_read import read
from autograder.adapters.quizzes.exchange.markup import text
from autograder.adapters.quizzes.exchange.shares import GRADES
from autograder.errors import CourseError

signs = st.text("ab1~=#{}:\\n%[]->*/$ \n", max_size=12).map(str.strip)
html = signs.map(text)
asked = html.filter(bool)
word = st.text("ab1~=#{}:\\n%[]*/$ ", min_size=1, max_size=8).map(str.strip).filter(bool)
option = st.builds(Option, asked, st.sampled_from(GRADES), html)
wrong = st.builds(Option, asked, st.just(0.0), html)
number = st.floats(-1e6, 1e6)
values = st.builds(Value, number, st.floats(0, 1e3), st.sampled_from(GRADES), html)
bodies = st.one_of(
    st.lists(option, min_size=2, max_size=4).map(lambda each: named(Pick(tuple(each), many=True))),
    st.tuples(asked, html, st.lists(wrong, min_size=1, max_size=3)).map(
        lambda each: named(Pick((Option(each[0], 1.0, each[1]), *each[2])))
    ),
    st.builds(TrueFalse, st.booleans(), html, html),
    st.lists(values, min_size=1, max_size=3).map(lambda each: Numbers(tuple(each))),
    st.lists(st.builds(Word, word, st.sampled_from(GRADES), html), min_size=1, max_size=3).map(
        lambda each: Words(tuple(each))
    ),
    st.lists(st.tuples(asked, asked), min_size=1, max_size=3).map(lambda each: Pairs(tuple(each), ("extra",))),
    st.just(Open()),
)


def named(body):
    return Pick(
        tuple(Option(each.text, each.share, each.feedback, letter(n)) for n, each in enumerate(body.options)), body.many
    )


@given(st.lists(st.builds(Item, st.just("q"), asked, bodies, why=html), min_size=1, max_size=2), asked)
@example([Item("q", "\\n ~ = # { } :", Open(), why="a#")], "x")
def test_any_text_in_any_question_reads_back(items, title):
    items = tuple(Item(f"q{n}", each.text, each.body, why=each.why) for n, each in enumerate(items))
    bank = Bank("quiz", "Title", "en", items)
    with TemporaryDirectory() as folder:
        file = write(bank, Path(folder))
        assert read(file, file.read_bytes()) == (bank, ())


@given(signs)
def test_escaped_text_holds_no_sign(content):
    assert not set("\n") & set(escaped(content))


WRITTEN = """// a comment
$CATEGORY: $course$/top/Tombs
Who's buried in Grant's tomb?{~Grant ~Jefferson =no one#Right}

::Two:: [markdown]Which *two*?{
  ~%50%a
  ~%50%b
  ~%-100%c # wrong
  ####Both.
}

Grant is {=buried =entombed} in it.

::TF::It is so.{F#No#Yes}

When?{#1822:5}

Range?{#=%100%1.5..2.5#here =%50%4:1 ~#elsewhere}

Match.{=Canada -> Ottawa =Italy->Rome =->Paris}

Write.{}
"""


def test_file_as_people_write_it_is_read():
    bank, lost = read(Path("tombs.fr.gift"), WRITTEN.encode())
    assert lost == () and (bank.title, bank.language, bank.id) == ("Tombs", "fr", "tombs")
    assert [item.body for item in bank.items] == [
        named(Pick((Option("Grant", 0.0), Option("Jefferson", 0.0), Option("no one", 1.0, "Right")))),
        named(Pick((Option("a", 0.5), Option("b", 0.5), Option("c", -1.0, "wrong")), many=True)),
        Words((Word("buried"), Word("entombed"))),
        TrueFalse(False, right="Yes", wrong="No"),
        Numbers((Value(1822.0, 5.0),)),
        Numbers((Value(2.0, 0.5, 1.0, "here"), Value(4.0, 1.0, 0.5))),
        Pairs((("Canada", "Ottawa"), ("Italy", "Rome")), ("Paris",)),
        Open(),
    ]
    assert (bank.items[1].text, bank.items[1].why) == ("Which <em>two</em>?", "Both.")
    assert bank.items[2].text == "Grant is _____ in it."
    assert [item.id for item in bank.items][:2] == ["who-s-buried-in-grant-s-tomb", "two"]


FAULTS = [
    ("No answers", "1: no answers in {…}"),
    ("A {b {c} d}", "1: 2 times '{' and 2 times '}'"),
    ("A }b{", "1: 1 times '{' and 1 times '}'"),
    ("::A {=b}", "1: the name is not closed"),
    ("A{b ~c}", "1: 'b' stands before the first answer"),
    ("A{b =c}", "1: 'b =c' is no answer"),
    ("A{=b =}", "1: an answer is empty"),
    ("A{=b#c#d}", "1: two remarks on 'b'"),
    ("A{~b}", "1: one choice only"),
    ("A{=b->}", "1: a pair has no right side"),
    ("A{#five}", "1: 'five' is no number"),
    ("A{maybe}", "1: 'maybe' is no answer"),
]


@pytest.mark.parametrize(("source", "message"), FAULTS)
def test_fault_is_told_with_its_line(source, message):
    with pytest.raises(CourseError) as caught:
        read(Path("a.gift"), source.encode())
    assert caught.value.problems[0].startswith(f"a.gift:{message}")
    assert "Remedy: " in caught.value.problems[0]


def test_all_faults_are_told_at_once():
    with pytest.raises(CourseError) as caught:
        read(Path("a.gift"), "\n\n".join(source for source, _ in FAULTS).encode())
    assert len(caught.value.problems) == len(FAULTS)
    assert "a.gift:3: " in caught.value.problems[1]


def test_file_that_is_not_utf8_is_refused():
    with pytest.raises(CourseError, match=r"a\.gift:2: not UTF-8"):
        read(Path("a.gift"), b"\n\xff{}")
