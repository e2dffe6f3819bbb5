"""What a grade says in a few plain lines, for the comment fields of other systems.

Covers what a student may read; test names, faults and what is unusual never pass here.
"""

from __future__ import annotations

from html import escape

from autograder.adapters.pages import prose, sentences
from autograder.adapters.pages.wording import typeset
from autograder.types import Grade, GroupGrade, Language, Outcome, Status, Text


def lines(grade: Grade, language: Language) -> list[str]:
    """The headline, the notes, and a line or more per group."""
    said = [sentences.headline(grade, language)]
    said += [prose.to_plain(note.say(language), language) for note in grade.notes]
    if grade.status is not Status.REJECTED:
        said += [line for group in grade.groups for line in group_lines(group, language)]
    return said


def group_lines(group: GroupGrade, language: Language) -> list[str]:
    """A group's title with its outcome and points, then what was seen and the hint where it was not earned."""

    def plain(text: Text) -> str:
        return prose.to_plain(text.say(language), language)

    word = sentences.group_words(group).say(language)
    colon = typeset(" : " if language == "fr" else ": ", language)
    said = [f"{title(group, language)}{colon}{word}, {sentences.points_of(group, language)}"]
    if group.outcome is Outcome.BROKEN:
        return [*said, sentences.GROUP_OUR_FAULT.say(language)]
    if group.outcome is not Outcome.PASSED:
        hint = Text("Hint", "Indice").say(language)
        said += [plain(group.message)] if group.message.say(language) else []
        said += [f"{hint}{colon}{plain(group.hint)}"] if group.hint.say(language) else []
    return said


def title(group: GroupGrade, language: Language) -> str:
    """The group's title as plain text."""
    return prose.to_plain(group.title.say(language), language)


def html(grade: Grade, language: Language) -> str:
    """The same as HTML on one line, as Moodle's comment fields take it."""
    return "<br>".join(escape(line) for line in lines(grade, language))
