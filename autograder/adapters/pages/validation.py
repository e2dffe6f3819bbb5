"""The report on assignments themselves: whether their verdicts can be trusted.

Covers the pages, in both languages, from the document of `validate --json`. Does not cover how figures come about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.adapters.pages import plots
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.pages.page import fill
from autograder.types import Language, Text


def write_pages(document: Mapping[str, Any], course_title: Text, out: Path) -> Path:
    """Writes `index.html` and `index.fr.html`; returns the page in English."""
    write_whole(out / "index.fr.html", html(document, course_title, "fr"))
    return write_whole(out / "index.html", html(document, course_title, "en"))


def html(document: Mapping[str, Any], course_title: Text, language: Language) -> str:
    """The page of one language. `document` is that of `validate --json`."""
    sections = [
        {
            "survivors": (),
            **each,
            "groups_plot": _groups_plot(each, f"g{place}", language),
            "margins_plot": _margins_plot(each, f"m{place}", language),
        }
        for place, each in enumerate(document["assignments"])
    ]
    return fill("validation.html.j2", language, sections=sections, course_title=course_title, kind="report")


def _groups_plot(entry: Mapping[str, Any], name: str, language: Language) -> Any:
    groups: Mapping[str, int] = entry.get("groups") or {}
    total = entry["mutants"]["total"] if entry["mutants"] else 0
    return plots.mutants_caught(list(groups.items()), total, name, language) if total else None


def _margins_plot(entry: Mapping[str, Any], name: str, language: Language) -> Any:
    shown: Sequence[tuple[str, float, float | None]] = [
        (_tolerance(each["tolerance"]), each["honest"]["share"], each["mutant"]["share"])
        for each in entry["margins"]
        if each["tolerance"]["rtol"] + each["tolerance"]["atol"] > 0
    ]
    return plots.margins(shown, name, language) if shown else None


def _tolerance(tolerance: Mapping[str, Any]) -> str:
    parts = [f"{key} {tolerance[key]:g}" for key in ("rtol", "atol") if tolerance[key]]
    return ", ".join(parts)
