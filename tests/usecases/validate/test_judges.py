"""What the criteria make of trials that are written by hand: costs, margins and a spy that saw something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.suite_jobs import Comparison, Tried
from autograder.types import NOTHING, Outcome, TestResult, Verdict
from autograder.usecases.validate import accept, cheap, mutants, reject, report, silent, spy, steady
from autograder.usecases.validate.subject import Subject, gather


@pytest.fixture
def subject(mini: Path) -> Subject:
    return gather(load_assignment(load_course(mini), "double"), quick=True)


def tried(id: str, *, seconds: float = 0.01, comparisons: tuple[Comparison, ...] = (), seen: tuple[str, ...] = ()):
    result = TestResult("numbers", "test_numbers", Outcome.PASSED, NOTHING, seconds)
    verdict = Verdict((result,), {"numbers": ("test_numbers",)}, "1", seconds)
    return Tried(id, verdict, comparisons, {}, seen, 240.0)


def repeated(subject: Subject, seconds: float = 0.01) -> dict[str, Tried]:
    ids = [steady.trial_id(threads, run) for threads in steady.THREADS for run in range(subject.draws)]
    return {id: tried(id, seconds=seconds) for id in ids}


def test_cost_is_that_of_the_reference(subject: Subject):
    cost = cheap.judge(subject, repeated(subject, 0.3))
    assert (cost.seconds, cost.worst_test, cost.worst_s, cost.memory_mib) == (0.3, "test_numbers", 0.3, 240.0)
    assert cost.problems == ()


def test_test_that_takes_a_fifth_of_the_limit_is_too_slow(subject: Subject):
    (line,) = cheap.judge(subject, repeated(subject, 0.5)).problems
    assert "test 'test_numbers' takes the reference 0.50 s of the 2 s a student has" in line


def margins(subject: Subject, honest: float, wrong: float) -> steady.Steadiness:
    seen = Comparison("numbers", 0.0, 1e-5, "why", True, honest * 1e-5, honest)
    missed = Comparison("numbers", 0.0, 1e-5, "why", False, wrong * 1e-5, wrong)
    trials = {
        id: tried(id, comparisons=(seen,))
        for work in ("reference", *subject.alternatives)
        for draw in range(subject.draws)
        if (id := accept.trial_id(work, draw))
    }
    for mutant in subject.mutants:
        id = mutants.trial_id(mutant, 0)
        trials[id] = tried(id, comparisons=(missed,))
    return steady.judge(without_mistakes(subject), trials, {})


def without_mistakes(subject: Subject) -> Subject:
    return replace(subject, assignment=replace(subject.assignment, mistakes=()))


def test_margins_are_the_nearest_on_both_sides(subject: Subject):
    found = margins(subject, 0.2, 30.0)
    assert [(each.honest_share, each.mutant_share) for each in found.margins] == [(0.2, 30.0)]
    assert found.problems == ()


def test_right_work_that_nearly_fails_makes_a_tolerance_too_tight(subject: Subject):
    (line,) = margins(subject, 0.8, 30.0).problems
    assert "right work comes to 80% of the tolerance rtol=0, atol=1e-05" in line


def seen_by(subject: Subject, *words: str) -> silent.Silence:
    trials = {silent.SPY: tried(silent.SPY, seen=tuple(spy.digest(word) for word in words))}
    return silent.judge(without_mistakes(subject), trials)


def test_spy_that_finds_its_canary_alone_proves_the_silence(subject: Subject):
    assert seen_by(subject, silent.CANARY) == silent.Silence(0, ())


def test_spy_that_finds_not_even_its_canary_proves_nothing(subject: Subject):
    (line,) = seen_by(subject).problems
    assert "the search found not even what was planted for it" in line


def test_secret_seen_by_a_student_is_a_leak(subject: Subject):
    found = seen_by(subject, silent.CANARY, "test_numbers_match_reference")
    assert found.leaks == 1
    assert "a student's process can see 'test_numbers_match_reference'" in found.problems[0]


@pytest.fixture
def capstone(mini: Path) -> Subject:
    file = mini / "solutions/double/assignment.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "kind: capstone\n", encoding="utf-8")
    return gather(load_assignment(load_course(mini), "double"), quick=False)


def test_capstone_is_tried_on_two_draws_and_repeated_once_per_number_of_threads(capstone: Subject):
    assert (capstone.draws, capstone.quick) == (2, False)
    assert [trial.id for trial in steady.trials(capstone)] == [steady.trial_id(2, 0)]
    assert steady.trial_id(1, 0) == accept.trial_id("reference", 0)
    assert [trial.id for trial in accept.trials(capstone) if "reference" in trial.id] == [
        accept.trial_id("reference", 0),
        accept.trial_id("reference", 1),
    ]


def test_capstone_needs_no_mutants_but_its_groups_must_reject_a_mistake(capstone: Subject):
    lost = TestResult("lists", "test_lists", Outcome.FAILED, NOTHING, 0.1)
    verdict = Verdict((lost,), {"lists": ("test_lists",)}, "1", 0.1)
    trials = {"reject repeats_list": Tried("reject repeats_list", verdict, (), {}, (), 240.0)}
    killed = mutants.judge(capstone, trials)
    assert (mutants.trials(capstone), killed.total) == ([], 0)
    (line,) = killed.problems
    assert "group 'numbers' catches nothing" in line


def test_capstone_needs_one_alternative(capstone: Subject):
    alone = replace(capstone, alternatives={})
    right = {accept.trial_id("reference", draw): tried("") for draw in range(alone.draws)}
    (line,) = accept.judge(alone, right).problems
    assert "0 alternatives, 1 are needed" in line
    assert accept.judge(replace(capstone, alternatives={"one": ""}), {**right, **both_right("one")}).problems == ()


def both_right(work: str) -> dict[str, Tried]:
    return {accept.trial_id(work, draw): tried("") for draw in range(2)}


def test_table_and_document_say_that_a_capstone_has_no_mutants(capstone: Subject):
    killed = mutants.Killed(0, 0, 0, {}, (), ())
    figures = report.Figures(
        accept.Accepted(1, 1, ()),
        reject.Rejected(1, 1, ()),
        killed,
        steady.Steadiness(0, frozenset(), (), ()),
        silent.Silence(0, ()),
        cheap.Cost(15.0, "test_learns", 9.0, 500.0, ()),
    )
    made = report.Report("double", "v", False, figures, {}, capstone.assignment.kind)
    assert report.rows([made])[0][3] == "none: capstone"
    assert report.as_document([made])["assignments"][0]["kind"] == "capstone"
