"""What is validated: an assignment, its known works, its mutants, and the words for what is found.

Covers gathering and the draws. Does not cover what is tried with it, which each criterion says for itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TypeAlias

from autograder.adapters.authoring import read_script, reference_source, stub_source
from autograder.adapters.equivalents import read_equivalents
from autograder.adapters.suite_jobs import Tried
from autograder.pure import suite_parts
from autograder.pure.mutation import Mutant, mutants
from autograder.types import Assignment, Outcome

MUTANT_SAMPLE = 6  # of this many mutants, a quick validation looks at one

Trials: TypeAlias = Mapping[str, Tried]


@dataclass(frozen=True)
class Thoroughness:
    """How often things are tried. `runs` are of the reference on one draw with each number of threads.

    `draws` are those on which right work must be found right, `other_draws` those on which a mistake is tried again.
    `mutated` says whether slips are made in the solution, `to_the_end` whether a mistake meets the tests of a group
    that it has lost, `alternatives` how many an assignment needs.
    """

    draws: int
    runs: int
    other_draws: int
    mutated: bool = True
    to_the_end: bool = True
    alternatives: int = 3


WHOLE = Thoroughness(draws=20, runs=20, other_draws=3)
QUICK = Thoroughness(draws=4, runs=4, other_draws=0)
# One run trains models for many seconds.
CAPSTONE = Thoroughness(draws=2, runs=1, other_draws=0, mutated=False, to_the_end=False, alternatives=1)
QUICK_CAPSTONE = replace(CAPSTONE, draws=1)


@dataclass(frozen=True)
class Subject:
    """An assignment and everything whose verdict is known beforehand; `reasons` explain mutants nobody can tell."""

    assignment: Assignment
    reference: str
    stub: str
    alternatives: dict[str, str]
    mutants: tuple[Mutant, ...]
    reasons: dict[str, str]
    quick: bool
    groups: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(group.id for group in self.assignment.groups))

    @property
    def thoroughness(self) -> Thoroughness:
        return _thoroughness(self.assignment, self.quick)

    @property
    def draws(self) -> int:
        return self.thoroughness.draws


def gather(assignment: Assignment, quick: bool) -> Subject:
    """The subject of a validation. Raises CourseError when the script or `equivalent.yaml` is wrong."""
    script, reference = read_script(assignment), reference_source(assignment)
    lines = {number for cell in script.of("solution") for number, _ in cell.solution()}
    suite = assignment.suite.read_text(encoding="utf-8")
    # A tensor cut from the graph is a slip only where gradients are part of the task.
    graph = re.search(r"(?<![\w.])gradients\(", suite) is not None
    mutated = _thoroughness(assignment, quick).mutated
    every = [each for each in mutants(reference, lines if mutated else ()) if graph or each.operator != "detach"]
    reasons = read_equivalents(assignment, {each.id: each for each in every})
    alternatives = {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted((assignment.folder / "alternatives").glob("*.py"))
    }
    chosen = tuple(every[::MUTANT_SAMPLE] if quick else every)
    return Subject(assignment, reference, stub_source(assignment), alternatives, chosen, reasons, quick)


def _thoroughness(assignment: Assignment, quick: bool) -> Thoroughness:
    if assignment.kind == "capstone":
        return QUICK_CAPSTONE if quick else CAPSTONE
    return QUICK if quick else WHOLE


def noticing(subject: Subject, changed: frozenset[str] | None, work: str) -> frozenset[str] | None:
    """The tests that may say something else of a work than of the reference, from which it differs in `changed`."""
    if changed is None:
        return None
    suite = subject.assignment.suite.read_text(encoding="utf-8")
    return suite_parts.noticing(suite, subject.assignment.requires, work, changed)


def secret_of(draw: int) -> str:
    """The secret of a numbered draw, in hex: not the course's, so that figures are the same everywhere."""
    return blake2b(f"validate {draw}".encode(), digest_size=16).hexdigest()


def lost(tried: Tried) -> set[str]:
    """The groups that a work did not earn."""
    return {result.group for result in tried.verdict.results if result.outcome is not Outcome.PASSED}


def fault(tried: Tried) -> str | None:
    """What broke on our side while a work was tried, in one line; None when nothing did."""
    if tried.verdict.problem is not None:
        return tried.verdict.problem.strip().rpartition("\n")[2]
    broken = next((each for each in tried.verdict.results if each.outcome is Outcome.BROKEN), None)
    return f"test '{broken.name}' broke" if broken else None


def without(tried: Tried, tests: frozenset[str]) -> Tried:
    """The same trial as if these tests were not in the suite."""
    results = tuple(each for each in tried.verdict.results if each.name not in tests)
    return replace(tried, verdict=replace(tried.verdict, results=results)) if tests else tried
