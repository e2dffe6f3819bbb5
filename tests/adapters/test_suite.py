from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.suite import run_suite
from autograder.errors import CourseError
from autograder.machinery.sandbox import WarmProcess, strongest_tier
from autograder.types import Cell, Outcome, Submission, Verdict

SECRET = b"a secret of the tests"
RIGHT = "def double(x):\n    return [2 * item for item in x] if isinstance(x, list) else 2 * x\n"
HEAD = "import pytest\n\nfrom autograder.checks import expect, same\n\n\n"
PASSED, FAILED, CRASHED, BROKEN = Outcome.PASSED, Outcome.FAILED, Outcome.CRASHED, Outcome.BROKEN


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmProcess]:
    with WarmProcess(strongest_tier()) as process:
        yield process


@pytest.fixture
def run(mini: Path, warm: WarmProcess) -> Callable[..., list[Verdict]]:
    """`run(source, …, suite="def test…")` is one verdict per source, of the mini suite or of another."""

    def verdicts(*sources: str, suite: str | None = None, students: tuple[str, ...] = ()) -> list[Verdict]:
        if suite is not None:
            (mini / "solutions/double/test_hidden.py").write_text(HEAD + suite)
        now = datetime.now(UTC)
        work = [
            Submission(student, "double", now, "double.py", (Cell(0, source),), "")
            for source, student in zip(sources, students or ["ada"] * len(sources), strict=True)
        ]
        found: list[Verdict] = []
        run_suite(load_assignment(load_course(mini), "double"), SECRET, warm, iter(work), lambda _, v: found.append(v))
        return found

    return verdicts


def _outcomes(verdict: Verdict) -> list[Outcome]:
    return [result.outcome for result in verdict.results]


def test_suite_is_run_over_every_submission_and_names_what_it_expected(run):
    right, wrong, stub = run(
        RIGHT, "def double(x):\n    return 2 * x\n", "def double(x):\n    raise NotImplementedError"
    )
    assert _outcomes(right) == [PASSED, PASSED, PASSED]
    assert [result.name for result in right.results] == [
        "test_numbers_match_reference",
        "test_lists_match_reference_and_stay_unchanged",
        "test_empty_list_gives_empty_list",
    ]
    assert right.expected == {
        "numbers": ("test_numbers_match_reference",),
        "lists": ("test_lists_match_reference_and_stay_unchanged", "test_empty_list_gives_empty_list"),
    }
    assert (_outcomes(wrong), wrong.recognised) == ([PASSED, FAILED, PASSED], {"lists": "repeats_list"})
    assert (_outcomes(stub), stub.recognised) == ([FAILED] * 3, {})
    assert right.problem is wrong.problem is stub.problem is None


def test_slip_of_the_suite_is_broken_and_tells_the_instructor(run):
    slip = '@pytest.mark.group("{}")\ndef test_{}(student):\n    {}\n\n\n'
    suite = slip.format("numbers", "a", "int(student.double(3).shape)") + slip.format("lists", "b", "student.double(3)")
    (verdict,) = run(RIGHT, suite=suite)
    assert _outcomes(verdict) == [BROKEN, PASSED]
    assert verdict.problem is not None and "AttributeError: 'int' object has no attribute 'shape'" in verdict.problem
    assert "shape" not in verdict.results[0].message.en


def test_bare_assert_of_the_suite_tells_no_value(run):
    suite = '@pytest.mark.group("numbers")\ndef test_a(student):\n    assert student.double(417) == 834\n\n\n'
    suite += (
        '@pytest.mark.group("lists")\ndef test_b(student):\n    expect(student.double(1) == 2, en="no", fr="non")\n'
    )
    (verdict,) = run("def double(x):\n    return -x\n", suite=suite)
    assert _outcomes(verdict) == [FAILED, FAILED]
    assert [result.message.en for result in verdict.results] == ["a property that should hold does not", "no"]


def test_test_that_skips_itself_earns_nothing(run):
    suite = '@pytest.mark.group("numbers")\ndef test_a(student):\n    pytest.{}("later")\n\n\n'
    suite += '@pytest.mark.group("lists")\n@pytest.mark.skip\ndef test_b(student):\n    pass\n'
    for word in ("skip", "xfail", "exit"):
        (verdict,) = run(RIGHT, suite=suite.format(word))
        assert PASSED not in _outcomes(verdict)


def test_fixture_that_fails_at_the_end_is_broken(run):
    suite = '@pytest.fixture\ndef tidy():\n    yield\n    raise OSError\n\n\n@pytest.mark.group("numbers")\n'
    suite += 'def test_a(tidy):\n    pass\n\n\n@pytest.mark.group("lists")\ndef test_b(student):\n    pass\n'
    (verdict,) = run(RIGHT, suite=suite)
    assert _outcomes(verdict) == [BROKEN, PASSED]


@pytest.mark.parametrize(
    ("suite", "says"),
    [
        ("def test_a(student):\n    pass\n", "test 'test_a' has no group"),
        ('@pytest.mark.group("digits")\ndef test_a():\n    pass\n', "the unknown group 'digits'"),
        ('@pytest.mark.group("numbers")\ndef test_a():\n    pass\n', "group 'lists' has no test"),
        ("def test_a(:\n", "the suite does not load"),
        ("import absent_module\n", "the suite does not load"),
    ],
)
def test_suite_that_is_wrong_is_refused_with_its_place(run, suite, says):
    with pytest.raises(CourseError) as caught:
        run(RIGHT, suite=suite)
    assert says in str(caught.value) and "test_hidden.py" in str(caught.value)


def test_missing_suite_is_refused(run, mini):
    (mini / "solutions/double/test_hidden.py").unlink()
    with pytest.raises(CourseError, match="there is no hidden suite"):
        run(RIGHT)


SEES = """
@pytest.mark.group("numbers")
def test_a(student, draw):
    student.double(draw.integer(0, 10**9))


@pytest.mark.group("lists")
def test_b(student, draw):
    same(student.double(0), draw.integer(0, 10**9) * 0, en="zero", fr="zéro")
"""
TELLS = "def double(x):\n    raise [KeyError, IndexError, ValueError, OSError][x % 4]\n"


@pytest.mark.parametrize(("draws", "same_for_all"), [("shared", True), ("per-student", False)])
def test_inputs_are_the_same_for_all_unless_the_assignment_says_otherwise(run, mini, draws, same_for_all):
    file = mini / "solutions/double/assignment.yaml"
    file.write_text(file.read_text().replace("schema: 1", f"schema: 1\ndraws: {draws}"))
    (mini / "solutions/double/mistakes/repeats_list.py").unlink()
    students = tuple(f"student{n}" for n in range(8))
    verdicts = run(*[TELLS] * 8, suite=SEES, students=students)
    again = run(*[TELLS] * 8, suite=SEES, students=students)
    said = [verdict.results[0].message.en for verdict in verdicts]
    assert (len(set(said)) == 1) == same_for_all
    assert said == [verdict.results[0].message.en for verdict in again]
