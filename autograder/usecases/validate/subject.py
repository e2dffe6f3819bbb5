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
from autograder.pure.mutation import Mutant, mutants
from autograder.types import Assignment, Outcome

DRAWS = 20
QUICK_DRAWS = 4
MUTANT_SAMPLE = 6  # of this many mutants, a quick validation looks at one

Trials: TypeAlias = Mapping[str, Tried]


@dataclass(frozen=True)
class Subject:
    """An assignment and everything whose verdict is known beforehand. `reasons` explain mutants that nobody can tell.

    `draws` is the number of draws on which right work must be found right.
    """

    assignment: Assignment
    reference: str
    stub: str
    alternatives: dict[str, str]
    mutants: tuple[Mutant, ...]
    reasons: dict[str, str]
    draws: int
    groups: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(group.id for group in self.assignment.groups))

    @property
    def quick(self) -> bool:
        return self.draws < DRAWS


def gather(assignment: Assignment, quick: bool) -> Subject:
    """The subject of a validation. Raises CourseError when the script or `equivalent.yaml` is wrong."""
    script, reference = read_script(assignment), reference_source(assignment)
    lines = {number for cell in script.of("solution") for number, _ in cell.solution()}
    suite = (assignment.folder / "test_hidden.py").read_text(encoding="utf-8")
    # A tensor cut from the graph is a slip only where gradients are part of the task.
    graph = re.search(r"(?<![\w.])gradients\(", suite) is not None
    every = [each for each in mutants(reference, lines) if graph or each.operator != "detach"]
    reasons = read_equivalents(assignment, {each.id: each for each in every})
    alternatives = {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted((assignment.folder / "alternatives").glob("*.py"))
    }
    chosen = every[::MUTANT_SAMPLE] if quick else every
    draws = QUICK_DRAWS if quick else DRAWS
    return Subject(assignment, reference, stub_source(assignment), alternatives, tuple(chosen), reasons, draws)


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
