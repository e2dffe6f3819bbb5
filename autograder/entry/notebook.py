"""`autograder.check()`: the public checks in a notebook, as a table with hints.

Covers what the student reads, in HTML where a notebook shows it and in plain text elsewhere, in the language of the
notebook. Needs the base install alone. Does not cover grading: hidden suites are not here.
"""

from __future__ import annotations

import builtins
import re
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

from autograder.errors import SubmissionError
from autograder.language import language
from autograder.types import GroupGrade, Language, Outcome, Text
from autograder.usecases.check import Checked, check_names, check_work, summary

MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.CRASHED: "!", Outcome.LIMIT: "…"}
_COLOURS = {Outcome.PASSED: "#1a7f37", Outcome.FAILED: "#c93c37", Outcome.CRASHED: "#c93c37", Outcome.LIMIT: "#9a6700"}
_HEADINGS = (Text("Group", "Groupe"), Text("Points", "Points"), Text("What was seen", "Ce qui a été vu"))
_HINT = Text("Hint:", "Indice :")
_GOOD = Text("as expected", "comme attendu")
_CELL = 'style="text-align:left; vertical-align:top; padding:.3em .8em .3em 0; white-space:normal"'


@dataclass(frozen=True)
class Shown:
    """What the checks said, as a notebook or a terminal shows it."""

    done: Checked
    language: Language

    def __repr__(self) -> str:
        lines = [f"• {note.say(self.language)}" for note in self.done.notes]
        for group in self.done.groups:
            lines.append(f"{MARKS[group.outcome]} {group.title.say(self.language)} ({group.max_points:g})")
            if group.message.say(self.language):
                lines.append(f"    {group.message.say(self.language)}")
            if group.hint.say(self.language):
                lines.append(f"    {_HINT.say(self.language)} {group.hint.say(self.language)}")
        return "\n".join([*lines, "", summary(self.done, self.language)])

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{_html(note.say(self.language))}</li>" for note in self.done.notes)
        head = "".join(f"<th {_CELL}>{text.say(self.language)}</th>" for text in (Text("", ""), *_HEADINGS))
        rows = "".join(self._row(group) for group in self.done.groups)
        return (
            f'<div class="autograder-check" lang="{self.language}">'
            + (f"<ul>{notes}</ul>" if notes else "")
            + f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            + f"<p>{_html(summary(self.done, self.language))}</p></div>"
        )

    def _row(self, group: GroupGrade) -> str:
        said = group.message.say(self.language)
        if group.outcome is Outcome.PASSED:
            said = _GOOD.say(self.language)
        hint = group.hint.say(self.language)
        mark = f'<strong style="color:{_COLOURS[group.outcome]}">{MARKS[group.outcome]}</strong>'
        cells = (
            mark,
            escape(group.title.say(self.language)),
            f"{group.max_points:g}",
            _html(said) + (f"<br><strong>{_HINT.say(self.language)}</strong> {_html(hint)}" if hint else ""),
        )
        return "<tr>" + "".join(f"<td {_CELL}>{cell}</td>" for cell in cells) + "</tr>"


@dataclass(frozen=True)
class Refused:
    """Why nothing could be checked, and what to do."""

    why: str

    def __repr__(self) -> str:
        return self.why

    def _repr_html_(self) -> str:
        return f"<p>{_html(self.why)}</p>"


def check(path: str | Path | None = None) -> Shown | Refused:
    """The public checks on what this notebook defines now, or on the file or folder at `path`.

    Outside a notebook, without a path, the work in the current folder is checked. What is returned shows itself.
    """
    said = language()
    in_notebook = hasattr(builtins, "get_ipython")
    try:
        if path is None and in_notebook:
            return Shown(check_names(vars(sys.modules["__main__"]), Path.cwd(), said), said)
        return Shown(check_work(Path(path or "."), said), said)
    except SubmissionError as error:
        return Refused(str(error))


def _html(text: str) -> str:
    """Text as HTML, what stands between backticks as code. `"use `exp`" -> "use <code>exp</code>"`"""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)).replace("\n", "<br>")
