"""Reject: the stub earns nothing, and every known mistake loses what it declares, keeps the rest and shows its hint.

Does not cover slips nobody has thought of (`mutants`), nor whether a mistake fares alike on every draw (`steady`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autograder.adapters.authoring import mistake_source
from autograder.adapters.suite_jobs import Trial
from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.types import Mistake
from autograder.usecases.validate.subject import Subject, Trials, fault, lost, secret_of

STUB = "reject stub"


@dataclass(frozen=True)
class Rejected:
    """How many mistakes are declared, how many are caught as declared with their hint, and what is wrong."""

    declared: int
    caught: int
    problems: tuple[str, ...]


def trial_id(mistake: Mistake) -> str:
    return f"reject {mistake.id}"


def trials(subject: Subject) -> list[Trial]:
    stop: Literal["never", "group"] = "never" if subject.thoroughness.to_the_end else "group"
    return [Trial(STUB, subject.stub, secret_of(0))] + [
        Trial(trial_id(mistake), mistake_source(subject.assignment, mistake), secret_of(0), stop, recognise=True)
        for mistake in subject.assignment.mistakes
    ]


def judge(subject: Subject, tried: Trials) -> Rejected:
    assignment = subject.assignment
    problems = []
    if kept := set(subject.groups) - lost(tried[STUB]):
        where = Location(shown(assignment.suite))
        what = f"the stub earns {_names(kept)}"
        problems.append(problem(where, what, "have each group look at something that must be written"))
    caught = 0
    for mistake in assignment.mistakes:
        wrong = _wrong(mistake, tried)
        caught += not wrong
        problems += [problem(Location(shown(mistake.file)), what, remedy) for what, remedy in wrong]
    if not assignment.mistakes:
        where = Location(shown(assignment.folder / "mistakes"))
        problems.append(problem(where, "no known mistake", "write the wrong solutions that students hand in"))
    return Rejected(len(assignment.mistakes), caught, tuple(problems))


def _wrong(mistake: Mistake, tried: Trials) -> list[tuple[str, str]]:
    of = tried[trial_id(mistake)]
    if (why := fault(of)) is not None:
        return [(f"the suite breaks on it: {why}", "look at what the test does with a result of the student's")]
    found, declared = lost(of), set(mistake.loses)
    named = set(of.verdict.recognised.values())
    wrong = []
    if missed := declared - found:
        wrong.append(
            (f"it keeps {_names(missed)}, which it declares lost", "add a check that sees it, or mend 'loses'")
        )
    if others := found - declared:
        wrong.append((f"it loses {_names(others)} too", "inject the reference's value there, or mend 'loses'"))
    if named - {mistake.id}:
        wrong.append((f"it is taken for {_names(named - {mistake.id})}", "have the two give different results"))
    elif not named and found == declared:
        wrong.append(("its hint is not shown: it is not recognised", "have it fail with a result of its own"))
    return wrong


def _names(names: set[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))
