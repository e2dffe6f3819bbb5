"""Steady: the same work gets the same verdict, run after run, with one thread or two; and tolerances are calibrated.

Covers verdicts that change by themselves, mistakes that fare differently on other draws, and the margins on both sides
of every tolerance. Does not cover other machines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.adapters.authoring import mistake_source
from autograder.adapters.suite_jobs import Comparison, Trial, Tried
from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.pure.suite_parts import redefined
from autograder.types import Mistake
from autograder.usecases.validate import accept, mutants, reject
from autograder.usecases.validate.subject import Subject, Trials, lost, noticing, secret_of

THREADS = (1, 2)
TIGHT = 0.5  # of a tolerance: honest work that comes nearer may be rejected on another machine


@dataclass(frozen=True)
class Margin:
    """One tolerance: the largest honest difference, and the smallest of a killed mutant; shares of what is allowed."""

    rtol: float
    atol: float
    why: str
    honest: float
    honest_share: float
    mutant: float | None
    mutant_share: float | None


@dataclass(frozen=True)
class Steadiness:
    """How many verdicts changed, the tests whose verdict changes by itself, the margins, and what is wrong."""

    flips: int
    flaky: frozenset[str]
    margins: tuple[Margin, ...]
    problems: tuple[str, ...]


def trial_id(threads: int, run: int) -> str:
    """The first run is the one that is accepted or not."""
    return f"steady {threads} {run}" if (threads, run) != (1, 0) else accept.trial_id("reference", 0)


def runs(subject: Subject, tried: Trials, threads: int) -> list[Tried]:
    """The reference on one draw, again and again."""
    return [tried[trial_id(threads, run)] for run in range(subject.thoroughness.runs)]


def _on_draw(mistake: str, draw: int) -> str:
    return f"steady {mistake} {draw}"


def trials(subject: Subject) -> list[Trial]:
    repeated = [
        Trial(trial_id(threads, run), subject.reference, secret_of(0), threads=threads)
        for threads in THREADS
        for run in range(threads == 1, subject.thoroughness.runs)
    ]
    return repeated + [trial for mistake in subject.assignment.mistakes for trial in _on_other_draws(mistake, subject)]


def _on_other_draws(mistake: Mistake, subject: Subject) -> list[Trial]:
    """A mistake under the tests that can tell it from the reference."""
    source = mistake_source(subject.assignment, mistake)
    changed = redefined(mistake.file.read_text(encoding="utf-8"))
    tests = noticing(subject, changed, source)
    draws = _other_draws(subject)
    return [Trial(_on_draw(mistake.id, draw), source, secret_of(draw), "group", tests=tests) for draw in draws]


def _other_draws(subject: Subject) -> range:
    return range(1, 1 + subject.thoroughness.other_draws)


def flaky_tests(subject: Subject, tried: Trials) -> dict[str, int]:
    """Tests that say different things of the same work on the same draw, with how often the rarer ones came."""
    said: dict[str, list[tuple[str, str]]] = {}
    for each in (each for threads in THREADS for each in runs(subject, tried, threads)):
        for result in each.verdict.results:
            said.setdefault(result.name, []).append((result.outcome.value, result.message.en))
    return {
        name: len(verdicts) - max(verdicts.count(each) for each in set(verdicts))
        for name, verdicts in said.items()
        if len(set(verdicts)) > 1
    }


def judge(subject: Subject, tried: Trials, flaky: dict[str, int]) -> Steadiness:
    suite = Location(shown(subject.assignment.suite))
    problems = [
        problem(suite, f"test '{name}' changes its verdict on the same work and draw", "have it use `draw` alone")
        for name in flaky
    ]
    flips = sum(flaky.values())
    for mistake in subject.assignment.mistakes:
        first = lost(tried[reject.trial_id(mistake)])
        for draw in _other_draws(subject):
            other = tried[_on_draw(mistake.id, draw)]
            if lost(other) != first:
                flips += 1
                changed = ", ".join(f"'{group}'" for group in sorted(first ^ lost(other)))
                what = f"it loses {changed} on some draws only"
                problems.append(
                    problem(Location(shown(mistake.file)), what, "have the suite draw inputs that always tell")
                )
                break
    margins = _margins(subject, tried)
    for each in margins:
        if each.honest_share > TIGHT and each.atol + each.rtol > 0:
            what = (
                f"right work comes to {each.honest_share:.0%} of the tolerance rtol={each.rtol:g}, atol={each.atol:g}"
            )
            problems.append(problem(suite, what, "widen it, with its reason, or compute the expected value better"))
    return Steadiness(flips, frozenset(flaky), margins, tuple(problems))


def _margins(subject: Subject, tried: Trials) -> tuple[Margin, ...]:
    right = [tried[accept.trial_id(w, d)] for w in ("reference", *subject.alternatives) for d in range(subject.draws)]
    wrong = [tried[mutants.trial_id(mutant, 0)] for mutant in subject.mutants]
    keys = sorted({(each.rtol, each.atol, each.why) for run in right for each in run.comparisons})
    return tuple(_margin(key, right, wrong) for key in keys)


def _margin(key: tuple[float, float, str], right: list[Tried], wrong: list[Tried]) -> Margin:
    honest = [each for run in right for each in _under(key, run.comparisons) if each.held]
    nearest: list[tuple[float, float]] = []
    for run in wrong:
        seen = [each for each in _under(key, run.comparisons) if not each.held]
        if seen and all(each.share is not None and each.difference is not None for each in seen):
            nearest.append(max((each.share or 0.0, each.difference or 0.0) for each in seen))
    share, difference = min(nearest, default=(None, None))
    return Margin(
        *key,
        honest=max((each.difference or 0.0 for each in honest), default=0.0),
        honest_share=max((each.share or 0.0 for each in honest), default=0.0),
        mutant=difference,
        mutant_share=share,
    )


def _under(key: tuple[float, float, str], comparisons: Iterable[Comparison]) -> Iterable[Comparison]:
    return (each for each in comparisons if (each.rtol, each.atol, each.why) == key)
