"""`solutions/<slug>/equivalent.yaml`: mutants that survive because they are right too, each with its reason.

Covers reading the file and holding it against the mutants that there are. Does not cover running them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from autograder.adapters.yaml_file import load_yaml, validate
from autograder.adapters.yaml_model import Strict
from autograder.errors import CourseError, problem
from autograder.pure.mutation import Mutant
from autograder.types import Assignment

EQUIVALENT_FILE = "equivalent.yaml"


class Entry(Strict):
    """`change` is what `autograder validate` printed: it tells when an id has come to name another slip."""

    id: str
    change: str
    reason: str = Field(min_length=20)


class EquivalentFile(Strict):
    """`solutions/<slug>/equivalent.yaml`."""

    schema_: Literal[1] = Field(alias="schema")
    equivalent: list[Entry]


def read_equivalents(assignment: Assignment, mutants: Mapping[str, Mutant]) -> dict[str, str]:
    """Mutant ids with the reason why nobody can tell them from the solution; empty without the file.

    Raises CourseError for ids that no mutant has, that stand twice or that have come to name another slip.
    """
    file = assignment.folder / EQUIVALENT_FILE
    if not file.is_file():
        return {}
    document = load_yaml(file)
    entry = validate(EquivalentFile, document)
    reasons: dict[str, str] = {}
    problems = []
    for index, each in enumerate(entry.equivalent):
        where = document.where(("equivalent", index))
        if each.id not in mutants:
            problems.append(problem(where, f"there is no mutant '{each.id}'", "remove it, or see: autograder validate"))
        elif mutants[each.id].change != each.change:
            what = f"mutant '{each.id}' is now '{mutants[each.id].change}'"
            problems.append(problem(where, what, "look at it again, and mend the entry"))
        elif each.id in reasons:
            problems.append(problem(where, f"mutant '{each.id}' stands twice", "keep one of them"))
        reasons[each.id] = each.reason
    if problems:
        raise CourseError(problems)
    return reasons
