"""Mutants: every small slip in the solution costs points, on each of the draws tried, or is explained.

Covers the score, per group too, and tolerances that let a slip through. Does not cover making mutants
(`autograder.pure.mutation`).
"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.adapters.equivalents import EQUIVALENT_FILE
from autograder.adapters.suite_jobs import Trial, Tried
from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.pure.mutation import Mutant
from autograder.usecases.validate import accept, reject
from autograder.usecases.validate.subject import Subject, Trials, fault, lost, noticing, secret_of

REQUIRED = 0.95  # of the mutants must be killed, and every other one explained
TEST_S = 1.0  # a mutant that loops without end need not be waited for as long as a student
FAR = 10.0  # times the largest honest difference: a survivor beyond it hides behind a loose tolerance


@dataclass(frozen=True)
class Survivor:
    """A mutant that earned all points on a draw. `reason` is that of `equivalent.yaml`, if it is there."""

    mutant: Mutant
    draws: int
    reason: str | None


@dataclass(frozen=True)
class Killed:
    """`equivalent` survive with a reason; `groups` maps each group to how many it rejects on the first draw."""

    total: int
    killed: int
    equivalent: int
    groups: dict[str, int]
    survivors: tuple[Survivor, ...]
    problems: tuple[str, ...]


def draws(subject: Subject) -> range:
    return range(1 if subject.quick else 2)


def trial_id(mutant: Mutant, draw: int) -> str:
    return f"mutant {mutant.id} {draw}"


def trials(subject: Subject) -> list[Trial]:
    return [_trial(mutant, subject) for mutant in subject.mutants]


def _trial(mutant: Mutant, subject: Subject) -> Trial:
    """A mutant on each draw, where its groups are counted on the first, and one lost test on the second says enough."""
    tests = noticing(subject, mutant.changed or None, subject.reference)
    then = Trial(trial_id(mutant, 1), mutant.source, secret_of(1), "first", test_s=TEST_S, tests=tests)
    more = then if 1 in draws(subject) else None
    return Trial(trial_id(mutant, 0), mutant.source, secret_of(0), "group", test_s=TEST_S, tests=tests, then=more)


def judge(subject: Subject, tried: Trials) -> Killed:
    script = Location(shown(subject.assignment.folder / f"{subject.assignment.slug}.py")).file
    groups = dict.fromkeys(subject.groups, 0)
    survivors, problems = [], []
    for mutant in subject.mutants:
        runs = [tried[trial_id(mutant, draw)] for draw in draws(subject)]
        where = Location(script, mutant.line)
        if why := next((why for each in runs if (why := fault(each)) is not None), None):
            what = f"the suite breaks on mutant '{mutant.id}' ({mutant.change}): {why}"
            problems.append(problem(where, what, "look at results of the student's through the comparisons only"))
        for group in lost(runs[0]):
            groups[group] += 1
        survived = sum(not lost(each) for each in runs)
        reason = subject.reasons.get(mutant.id)
        if survived:
            survivors.append(Survivor(mutant, survived, reason))
            if reason is None:
                problems.append(_survives(subject, tried, mutant, runs, survived))
        elif reason is not None:
            what = f"mutant '{mutant.id}' is killed, yet {EQUIVALENT_FILE} explains why it survives"
            problems.append(problem(where, what, "remove the entry"))
    problems += _catching_nothing(subject, groups, tried)
    equivalent = sum(each.reason is not None for each in survivors)
    total, killed = len(subject.mutants), len(subject.mutants) - len(survivors)
    if not total and subject.thoroughness.mutated:
        problems.append(problem(Location(script), "no line of a solution to mutate", "write the solution"))
    elif killed < REQUIRED * total and not subject.quick:
        what = f"{killed} of {total} mutants are killed, {REQUIRED:.0%} are needed whatever is explained"
        problems.append(
            problem(Location(script), what, "look closer in the hidden suite, or write the solution plainer")
        )
    return Killed(total, killed, equivalent, groups, tuple(survivors), tuple(problems))


def _survives(subject: Subject, tried: Trials, mutant: Mutant, runs: list[Tried], survived: int) -> str:
    where = Location(shown(subject.assignment.folder / f"{subject.assignment.slug}.py"), mutant.line)
    seldom = "" if survived == len(runs) else f" on {survived} of {len(runs)} draws"
    what = f"mutant '{mutant.id}' survives{seldom}: {mutant.change}"
    remedy = f"add a check that sees it, or explain it in {EQUIVALENT_FILE}"
    hidden = _hidden_difference(subject, tried, runs)
    if hidden is not None:
        difference, atol = hidden
        what += f" (it is off by {difference:.2g}, within a tolerance of {atol:.2g})"
        remedy = "tighten that tolerance: honest work stays far below"
    return problem(where, what, remedy)


def _hidden_difference(subject: Subject, tried: Trials, runs: list[Tried]) -> tuple[float, float] | None:
    """The largest difference that a tolerance let through and that no honest work shows."""
    honest: dict[tuple[str, float, float], float] = {}
    for work in ("reference", *subject.alternatives):
        for draw in range(subject.draws):
            for each in tried[accept.trial_id(work, draw)].comparisons:
                key = (each.group, each.rtol, each.atol)
                honest[key] = max(honest.get(key, 0.0), each.difference or 0.0)
    found = [
        (each.difference, each.atol)
        for run in runs
        for each in run.comparisons
        if each.held and each.difference and each.difference > FAR * honest.get((each.group, each.rtol, each.atol), 0.0)
        and each.share is not None and each.share > 1 / FAR**3
    ]  # fmt: skip
    return max(found, default=None)


def _catching_nothing(subject: Subject, groups: dict[str, int], tried: Trials) -> list[str]:
    """Groups that reject no mutant and no known mistake."""
    if subject.quick:
        return []
    where = Location(shown(subject.assignment.suite))
    by_mistakes = set().union(
        *(lost(each) for id, each in tried.items() if id.startswith("reject ") and id != reject.STUB)
    )
    return [
        problem(where, f"group '{group}' catches nothing: no mutant, no known mistake", "have it compare something")
        for group, count in groups.items()
        if not count and group not in by_mistakes
    ]
