from __future__ import annotations

from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.equivalents import read_equivalents
from autograder.errors import CourseError
from autograder.pure.mutation import Mutant

MUTANTS = {
    each.id: each
    for each in (
        Mutant("order:f:1", 3, "min(x) -> max(x)", "", frozenset("f")),
        Mutant("mask:f:1", 4, "~m -> m", "", frozenset("f")),
    )
}
REASON = "reason: nobody can tell the two apart"


def read(mini: Path, *entries: str) -> dict[str, str]:
    text = "schema: 1\nequivalent:\n" + "".join(f"- {{{entry}}}\n" for entry in entries)
    (mini / "solutions/double/equivalent.yaml").write_text(text, encoding="utf-8")
    return read_equivalents(load_assignment(load_course(mini), "double"), MUTANTS)


def test_without_the_file_nothing_is_explained(mini: Path):
    assert read_equivalents(load_assignment(load_course(mini), "double"), MUTANTS) == {}


def test_reasons_by_id(mini: Path):
    found = read(mini, f"id: 'order:f:1', change: 'min(x) -> max(x)', {REASON}")
    assert found == {"order:f:1": "nobody can tell the two apart"}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([f"id: 'order:f:9', change: a, {REASON}"], "equivalent.yaml:3: there is no mutant 'order:f:9'. Remedy:"),
        (
            [f"id: 'mask:f:1', change: 'm -> n', {REASON}"],
            "equivalent.yaml:3: mutant 'mask:f:1' is now '~m -> m'. Remedy:",
        ),
        (
            [f"id: 'mask:f:1', change: '~m -> m', {REASON}"] * 2,
            "equivalent.yaml:4: mutant 'mask:f:1' stands twice. Remedy:",
        ),
        (["id: 'mask:f:1', change: '~m -> m', reason: short"], "equivalent.yaml:3: 'equivalent.0.reason'"),
        (["id: 'mask:f:1', change: '~m -> m', why: because"], "unknown key 'why'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(mini: Path, entries: list[str], said: str):
    with pytest.raises(CourseError) as raised:
        read(mini, *entries)
    assert said in "\n".join(raised.value.problems)


def test_explaining_a_mutant_changes_no_version(mini: Path):
    before = load_assignment(load_course(mini), "double").version
    read(mini, f"id: 'order:f:1', change: 'min(x) -> max(x)', {REASON}")
    assert load_assignment(load_course(mini), "double").version == before
