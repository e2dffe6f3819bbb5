from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.suite import run_suite
from autograder.adapters.suite_jobs import Job
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
            Job(Submission(student, "double", now, "double.py", (Cell(0, source),), ""))
            for source, student in zip(sources, students or ["ada"] * len(sources), strict=True)
        ]
        found: list[Verdict] = []
        run_suite(load_assignment(load_course(mini), "double"), SECRET, warm, iter(work), found.append)
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


CHANGES = "results change from run to run on the same inputs"
BY_CHANCE = "import random\n\ndef double(x):\n    return random.random()\n"


def test_result_that_changes_is_told_from_a_wrong_one(run):
    (verdict,) = run(BY_CHANCE)
    assert PASSED not in _outcomes(verdict)
    assert {result.message.en.split(";")[0] for result in verdict.results} == {
        "your result changes from one run to the next on the same input"
    }
    assert [each.en for each in verdict.unusual] == [CHANGES]


@pytest.mark.parametrize(
    "source",
    [
        "def double(x):\n    return 417\n",
        "import random\nrandom.seed(1)\n" + BY_CHANCE.replace("random()", "gauss()"),
        RIGHT,
    ],
)
def test_result_that_stays_is_nothing_unusual(run, source):
    (verdict,) = run(source.replace("    return random", "    random.seed(1)\n    return random"))
    assert verdict.unusual == ()
    assert not any("changes from one run" in result.message.en for result in verdict.results)


def test_failure_that_comes_and_goes_costs_its_points_and_is_told(run):
    sometimes = "import random\nright = random.random() < 0.5\n\ndef double(x):\n    return 2 * x if right else -1\n"
    suite = '@pytest.mark.group("{}")\ndef test_{}(student):\n    same(student.double(3), 6, en="six", fr="six")\n\n\n'
    suite = suite.format("numbers", "a") + suite.format("lists", "b")
    verdicts = run(*[sometimes] * 24, suite=suite)
    told = [verdict for verdict in verdicts if verdict.unusual]
    assert 0 < len(told) < 24
    for verdict in verdicts:
        steady = "twice" if _outcomes(verdict) == [PASSED, PASSED] else None
        assert steady or _outcomes(verdict) == [FAILED, FAILED]


def test_weights_that_the_reference_draws_too_are_not_held_against_a_student(run, mini):
    drawn = "import random\n\ndef double(x):\n    return [random.random()] * {}\n"
    script = (mini / "solutions/double/double.py").read_text()
    begin, end = script.index("    ### BEGIN"), script.index("    ### END")
    body = "    ### BEGIN SOLUTION\n    import random\n\n    return [random.random()] * 2\n"
    (mini / "solutions/double/double.py").write_text(script[:begin] + body + script[end:])
    suite = '@pytest.mark.group("{}")\ndef test_{}(student):\n'
    suite += '    same(len(student.double(3)), 2, en="how many", fr="combien")\n\n\n'
    (verdict,) = run(drawn.format(3), suite=suite.format("numbers", "a") + suite.format("lists", "b"))
    assert _outcomes(verdict) == [FAILED, FAILED] and verdict.unusual == ()
    assert all(result.message.en.startswith("how many") for result in verdict.results)


def test_second_run_costs_at_most_one_worker_more(run, warm, monkeypatch):
    forks = []
    fork = warm.fork
    monkeypatch.setattr(warm, "fork", lambda *args: (forks.append(1), fork(*args))[1])
    run("def double(x):\n    return 417\n", RIGHT, "def double(x):\n    raise NotImplementedError\n")
    assert len(forks) <= 3 + 1 + 1  # three works, one looked at again, one known mistake


def _slow_suite(body: str) -> str:
    suite = f'@pytest.mark.group("numbers")\ndef test_a(student):\n{body}\n\n\n'
    return suite + '@pytest.mark.group("lists")\ndef test_b(student):\n    student.double(1)\n'


def _with_limits(mini: Path, limits: str) -> None:
    file = mini / "solutions/double/assignment.yaml"
    file.write_text(re.sub(r"(?m)^limits: .*$", f"limits: {limits}", file.read_text()))


def test_calls_that_take_little_each_share_the_time_of_their_test(run, mini):
    _with_limits(mini, "{test_s: 0.5}")
    slow = "import time\n\n\ndef double(x):\n    time.sleep(0.2)\n    return 2 * x\n"
    (verdict,) = run(slow, suite=_slow_suite("    for number in range(50):\n        student.double(number)"))
    assert _outcomes(verdict) == [Outcome.LIMIT, PASSED]
    assert sum(result.seconds for result in verdict.results) < 5


def test_check_that_a_result_keeps_too_long_is_ended_in_words_for_the_student(run, mini):
    _with_limits(mini, "{test_s: 0.5}")
    looks = "    while student.double(1) == 2 and not time.sleep(0.05):\n        time.sleep(3600)"
    suite = "import time\n\n\n" + _slow_suite(looks)
    (verdict,) = run(RIGHT, suite=suite)
    assert _outcomes(verdict) == [Outcome.LIMIT, PASSED]
    assert verdict.results[0].message.en.startswith("what your code returned is too large or too slow to check")


def test_test_that_hangs_before_it_asked_anything_is_our_fault(run, mini):
    _with_limits(mini, "{test_s: 0.5}")
    suite = "import time\n\n\n" + _slow_suite("    time.sleep(3600)\n    student.double(1)")
    (verdict,) = run(RIGHT, suite=suite)
    assert _outcomes(verdict) == [BROKEN, PASSED]
    assert verdict.problem is not None


def test_answers_of_one_test_take_a_bounded_part_of_the_memory(run, monkeypatch):
    monkeypatch.setattr("autograder.machinery.session.MAX_TEST_BYTES", 2**24)
    many = "def double(x):\n    return [set() for _ in range(2**15)]\n"
    (verdict,) = run(many, suite=_slow_suite("    kept = [student.double(1) for _ in range(1000)]"))
    assert _outcomes(verdict) == [Outcome.LIMIT, PASSED]
    assert verdict.results[0].message.en.startswith("what your code returned is too large or too slow to check")


def test_tests_that_need_pytest_and_those_that_do_not_see_the_same(run):
    """A plain test is called at once; fixtures, parameters of fixtures and marks of its own take pytest's way."""
    suite = """
seen = []


@pytest.fixture
def extra(draw):
    return draw.integer(0, 10**9)


@pytest.mark.group("numbers")
@pytest.mark.parametrize("number", [3, 5])
def test_plain(student, draw, number):
    seen.append(draw.integer(0, 10**9))
    same(student.double(number), 2 * number, en="double", fr="double")


@pytest.mark.group("lists")
@pytest.mark.parametrize("extra", [0], indirect=True)
def test_indirect(student, extra):
    expect(extra != seen[-1], en="inputs of their own", fr="des entrées propres")


@pytest.mark.group("lists")
def test_fixture(student, draw, extra, monkeypatch):
    same(draw.integer(0, 10**9) == extra, False, en="one draw", fr="un tirage")
    same(student.double([1]), [2], en="double", fr="double")
"""
    right, wrong = run(RIGHT, "def double(x):\n    return x\n", suite=suite)
    assert _outcomes(right) == [PASSED] * 4
    assert _outcomes(wrong) == [FAILED, FAILED, PASSED, FAILED]


def test_suite_may_have_a_draw_of_its_own(run):
    suite = '@pytest.fixture\ndef draw():\n    return 21\n\n\n@pytest.mark.group("numbers")\n'
    suite += 'def test_a(student, draw):\n    same(student.double(draw), 42, en="double", fr="double")\n\n\n'
    suite += '@pytest.mark.group("lists")\ndef test_b(student):\n    student.double([])\n'
    (verdict,) = run(RIGHT, suite=suite)
    assert _outcomes(verdict) == [PASSED, PASSED]


def test_costly_inputs_are_made_once_for_all_students(run):
    suite = 'made = []\n\n\n@pytest.mark.group("numbers")\ndef test_a(student, draw):\n'
    suite += "    number = draw.once(lambda: made.append(1) or draw.integer(1, 99))\n"
    suite += '    same(student.double(number), 2 * number, en="double", fr="double")\n'
    suite += (
        '    assert len(made) == 1\n\n\n@pytest.mark.group("lists")\ndef test_b(student):\n    student.double([])\n'
    )
    assert [_outcomes(verdict) for verdict in run(RIGHT, RIGHT, suite=suite)] == [[PASSED, PASSED]] * 2
