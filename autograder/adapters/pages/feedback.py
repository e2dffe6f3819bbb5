"""One student's feedback as a page, as Markdown and as JSON.

Covers what a student may know about their own grades. Does not cover seeds, test names or anyone else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.adapters.pages import prose, sentences
from autograder.adapters.pages.page import fill
from autograder.adapters.pages.visible import one_line
from autograder.adapters.pages.wording import moment, typeset
from autograder.types import Grade, GroupGrade, Language, Outcome, Status, Text

VERSION = 1


def html(
    student: str, grades: Sequence[Grade], titles: Mapping[str, Text], course_title: Text, language: Language
) -> str:
    """The whole page, self-contained and without script."""
    return fill(
        "feedback.html.j2",
        language,
        kind="feedback",
        student=student,
        grades=grades,
        titles={grade.assignment: title_of(grade, titles) for grade in grades},
        course_title=course_title,
    )


def title_of(grade: Grade, titles: Mapping[str, Text]) -> Text:
    """The assignment's title, or its slug when the course no longer has it."""
    return titles.get(grade.assignment, Text(grade.assignment, grade.assignment))


def markdown(
    student: str, grades: Sequence[Grade], titles: Mapping[str, Text], course_title: Text, language: Language
) -> str:
    """The same in Markdown, for a chat, a repository or a terminal."""

    def say(text: Text | str) -> str:
        return prose.to_markdown(text if isinstance(text, str) else text.say(language), language)

    lines = [
        f"# {say(course_title)}",
        "",
        f"**{say(one_line(student))}**",
        "",
        say(sentences.overall(grades, language)),
        "",
    ]
    for grade in grades:
        lines += [f"## {say(title_of(grade, titles))}", "", f"**{say(sentences.headline(grade, language))}**", ""]
        lines += [say(sentences.encouragement(grade)), ""]
        received = Text("Received", "Reçu le").say(language)
        overdue = sentences.late(grade, language)
        lines += [f"- {received} {moment(grade.received_at, language)}" + (f" ({overdue})" if overdue else "")]
        lines += [f"- {say(note)}" for note in grade.notes]
        lines += [""]
        for group in grade.groups if grade.status is not Status.REJECTED else ():
            lines += _group_lines(group, language)
        steps = sentences.next_steps(grade)
        if steps:
            lines += [f"### {Text('What to do next', 'Et maintenant').say(language)}", ""]
            lines += [f"{place}. {say(step)}" for place, step in enumerate(steps, 1)] + [""]
    return "\n".join(lines).rstrip() + "\n"


def _group_lines(group: GroupGrade, language: Language) -> list[str]:
    def say(text: Text) -> str:
        return prose.to_markdown(text.say(language), language)

    mark = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.CRASHED: "!", Outcome.LIMIT: "≫", Outcome.BROKEN: "?"}
    word = sentences.group_words(group).say(language)
    lines = [
        f"### {mark[group.outcome]} {say(group.title)}",
        "",
        f"{word} · {sentences.points_of(group, language)}",
        "",
    ]
    if group.outcome is Outcome.BROKEN:
        return [*lines, say(sentences.GROUP_OUR_FAULT), ""]
    if group.message.say(language):
        lines += [say(group.message), ""]
    if group.outcome is not Outcome.PASSED and group.hint.say(language):
        slip = typeset(sentences.KNOWN_SLIP.say(language) + (" : " if language == "fr" else ": "), language)
        hint = Text("Hint: ", "Indice : ").say(language)
        lead = f"**{slip.strip()}** " if group.mistake is not None else typeset(hint, language)
        lines += [f"> {lead}{say(group.hint)}", ""]
    return lines


def document(student: str, grades: Sequence[Grade], titles: Mapping[str, Text], course_title: Text) -> str:
    """The same as versioned JSON, in both languages; texts are as they were written."""
    content = {
        "version": VERSION,
        "course": _both(course_title),
        "student": student,
        "assignments": [_grade(grade, title_of(grade, titles)) for grade in grades],
    }
    return json.dumps(content, indent=1) + "\n"


def _grade(grade: Grade, title: Text) -> dict[str, Any]:
    return {
        "assignment": grade.assignment,
        "title": _both(title),
        "status": str(grade.status),
        "score": None if grade.status is Status.REJECTED else grade.score,
        "max_score": grade.max_score,
        "received_at": grade.received_at.isoformat(),
        "late_s": grade.late_s,
        "penalty": grade.penalty,
        "submission_sha256": grade.submission_sha256,
        "summary": {"en": sentences.headline(grade, "en"), "fr": sentences.headline(grade, "fr")},
        "notes": [_both(note) for note in grade.notes],
        "next": [_both(step) for step in sentences.next_steps(grade)],
        "groups": [] if grade.status is Status.REJECTED else [_group(group) for group in grade.groups],
    }


def _group(group: GroupGrade) -> dict[str, Any]:
    broken = group.outcome is Outcome.BROKEN
    hinted = not broken and group.outcome is not Outcome.PASSED
    return {
        "id": group.id,
        "title": _both(group.title),
        "points": None if broken else group.points,
        "max_points": group.max_points,
        "outcome": str(group.outcome),
        "message": _both(sentences.GROUP_OUR_FAULT if broken else group.message),
        "hint": _both(group.hint) if hinted else None,
        "known_slip": hinted and group.mistake is not None,
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "fr": text.fr}
