"""The figures of a validation.

Covers one assignment's report, the contract's document and the rows of the table. Does not cover pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.types import Kind
from autograder.usecases.validate.accept import Accepted
from autograder.usecases.validate.cheap import Cost
from autograder.usecases.validate.mutants import Killed
from autograder.usecases.validate.reject import Rejected
from autograder.usecases.validate.silent import Silence
from autograder.usecases.validate.steady import Margin, Steadiness

CRITERIA = ("complete", "accept", "reject", "mutants", "steady", "independent", "silent", "kind", "cheap")
COLUMNS = ("assignment", "", "mistakes", "mutants", "explained", "alternatives", "flips", "leaks", "s", "MiB", "fails")


@dataclass(frozen=True)
class Figures:
    """What the criteria measured."""

    accepted: Accepted
    rejected: Rejected
    killed: Killed
    steadiness: Steadiness
    silence: Silence
    cost: Cost


@dataclass(frozen=True)
class Report:
    """One assignment: its figures (None when it could not be tried) and what is wrong, by criterion."""

    assignment: str
    version: str
    quick: bool
    figures: Figures | None
    problems: Mapping[str, tuple[str, ...]]
    kind: Kind = "exercise"

    @property
    def failing(self) -> tuple[str, ...]:
        """The criteria that are not met, in order."""
        return tuple(name for name in CRITERIA if self.problems.get(name))

    @property
    def ok(self) -> bool:
        return self.figures is not None and not self.failing


def as_document(reports: Sequence[Report]) -> dict[str, Any]:
    """The contract's document of `validate --json`, in the order of the course."""
    return {"version": 1, "assignments": [_one(each) for each in reports]}


def _one(report: Report) -> dict[str, Any]:
    found = {name: list(report.problems[name]) for name in report.failing}
    document: dict[str, Any] = {"assignment": report.assignment, "kind": report.kind, "ok": report.ok}
    figures = report.figures
    if figures is None:
        nothing: dict[str, Any] = {"mistakes": None, "mutants": None, "alternatives": None, "flips": None}
        nothing |= {"leaks": None, "margins": [], "seconds": None}
        return {**document, **nothing, "problems": found}
    return {
        **document,
        **stable_figures(report),
        "margins": [_margin(each) for each in figures.steadiness.margins],
        "seconds": round(figures.cost.seconds, 4),
        "worst_test": {"name": figures.cost.worst_test, "seconds": round(figures.cost.worst_s, 4)},
        "memory_mib": round(figures.cost.memory_mib),
        "groups": figures.killed.groups,
        "survivors": [
            {"id": each.mutant.id, "line": each.mutant.line, "change": each.mutant.change, "reason": each.reason}
            for each in figures.killed.survivors
        ],
        "problems": found,
    }


def stable_figures(report: Report) -> dict[str, Any]:
    """The figures that come out the same on every machine. Raises ValueError when there are none."""
    if report.figures is None:
        raise ValueError(f"{report.assignment} could not be tried")
    figures = report.figures
    return {
        "mistakes": {"declared": figures.rejected.declared, "caught": figures.rejected.caught},
        "mutants": {
            "total": figures.killed.total,
            "killed": figures.killed.killed,
            "equivalent": figures.killed.equivalent,
        },
        "alternatives": {"total": figures.accepted.total, "accepted": figures.accepted.accepted},
        "flips": figures.steadiness.flips,
        "leaks": figures.silence.leaks,
    }


def _margin(margin: Margin) -> dict[str, Any]:
    return {
        "tolerance": {"rtol": margin.rtol, "atol": margin.atol, "why": margin.why},
        "honest": {"difference": margin.honest, "share": margin.honest_share},
        "mutant": {"difference": margin.mutant, "share": margin.mutant_share},
    }


def rows(reports: Sequence[Report]) -> list[tuple[str, ...]]:
    """The rows of the table, under `COLUMNS`."""
    return [_row(each) for each in reports]


def _row(report: Report) -> tuple[str, ...]:
    verdict, failing = "ok" if report.ok else "FAILS", ", ".join(report.failing) or "-"
    if report.figures is None:
        return (report.assignment, verdict, *["-"] * 8, failing)
    of = report.figures
    killed = of.killed
    share = f" ({killed.killed / killed.total:.1%})" if killed.total else ""
    mutants = "none: capstone" if report.kind == "capstone" else f"{killed.killed}/{killed.total}{share}"
    return (
        report.assignment,
        verdict,
        f"{of.rejected.caught}/{of.rejected.declared}",
        mutants,
        f"{killed.equivalent}/{len(killed.survivors)}",
        f"{of.accepted.accepted}/{of.accepted.total}",
        str(of.steadiness.flips),
        str(of.silence.leaks),
        f"{of.cost.seconds:.2f}",
        f"{of.cost.memory_mib:.0f}",
        failing,
    )


def margin_rows(report: Report) -> list[tuple[str, ...]]:
    """Assignment, tolerance, largest honest difference, smallest of a mutant; shares of the tolerance in brackets."""
    if report.figures is None:
        return []
    return [
        (
            report.assignment,
            f"rtol {each.rtol:g}, atol {each.atol:g}",
            f"{each.honest:.1e} ({each.honest_share:.2g})",
            "-" if each.mutant is None or each.mutant_share is None else f"{each.mutant:.1e} ({each.mutant_share:.2g})",
        )
        for each in report.figures.steadiness.margins
        if each.rtol + each.atol > 0
    ]
