"""Gives the grades out in the formats of other systems.

Covers which assignments and whose words, by the course, the roster and a file that the other system exported. The
formats themselves are in `adapters.exports`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.adapters.course import Course, load_assignment
from autograder.adapters.exports import canvas, gradescope, moodle
from autograder.adapters.exports.junit import junit
from autograder.adapters.exports.overview import overview
from autograder.adapters.exports.table import Filled
from autograder.adapters.pages.folders import folder_names, write_whole
from autograder.adapters.quizzes.load import quiz_named
from autograder.adapters.roster import IDS, Enrolled, Roster
from autograder.adapters.untrusted_file import Unreadable, as_text, read_regular
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.pure.quizzes.grading import PREFIX
from autograder.types import Grade, Language, Text

FORMATS = ("csv", "moodle", "canvas", "gradescope", "junit")
RESULTS = "results.json"
_WORKSHEET_BYTES = 16 * 2**20


@dataclass(frozen=True)
class Options:
    """What a person says of an export: the class, the assignments (all that are graded when empty), the language."""

    roster: Roster | None = None
    slugs: tuple[str, ...] = ()
    language: Language = "en"


def export(course: Course, grades: Sequence[Grade], format_: str, options: Options | None = None) -> str:
    """The grades as one text, read back before it is given out. Raises CourseError for an unknown format."""
    options = options or Options()
    if format_ not in FORMATS:
        raise CourseError(f"--format {format_} is not one of {', '.join(FORMATS)}. Remedy: write one of these.")
    kept = _kept(grades, options)
    if format_ == "csv":
        return overview(course, kept)
    if format_ == "junit":
        return junit(course.id, kept, options.language)
    if format_ == "gradescope":
        remedy = "name a folder with --out; each hand-in gets its results.json there"
        raise CourseError(problem(Location("export"), "a document per hand-in is no one file", remedy))
    slugs = _graded_slugs(course, kept)
    titles = {slug: _title(course, slug).say(options.language) for slug in slugs}
    roster = _roster(grades, options)
    if format_ == "canvas":
        return canvas.gradebook(slugs, titles, kept, roster)
    return moodle.gradebook(slugs, titles, kept, roster, options.language)


def fill(course: Course, grades: Sequence[Grade], format_: str, worksheet: Path, options: Options) -> Filled:
    """A file that Moodle or Canvas exported, filled in. Raises CourseError when it is none, or for other formats."""
    name = shown(worksheet)
    kept = _kept(grades, options)
    try:
        text = read_regular(worksheet, _WORKSHEET_BYTES)
        content = ("\ufeff" if text.startswith(b"\xef\xbb\xbf") else "") + as_text(text, worksheet.name)
    except Unreadable:
        remedy = "download it again, as CSV in UTF-8; a spreadsheet may have saved it in another way"
        raise CourseError(problem(Location(name), "cannot be read as UTF-8 text", remedy)) from None
    roster = _roster(grades, options)
    if format_ == "moodle":
        if len(options.slugs) != 1:
            remedy = "name it: autograder export --format moodle --worksheet FILE SLUG"
            raise CourseError(problem(Location(name), "a grading worksheet is of one assignment", remedy))
        return moodle.fill_worksheet(content, name, kept, roster, options.language)
    if format_ == "canvas":
        titles = {}
        for slug in options.slugs or _graded_slugs(course, kept):
            title = _title(course, slug)
            titles[slug] = (title.en, title.fr, slug)
        return canvas.fill_export(content, name, titles, kept, roster)
    raise CourseError(f"--worksheet is for --format moodle and canvas, not {format_}. Remedy: leave it out.")


def write_results(grades: Sequence[Grade], out: Path, shown_when: str, options: Options) -> list[Path]:
    """Writes `<assignment>/<student>/results.json` for Gradescope. Raises CourseError for an unknown visibility."""
    when = gradescope.visibility(shown_when)
    kept = _kept(grades, options)
    names = folder_names({each.student for each in kept})
    return [
        write_whole(
            out / each.assignment / names[each.student] / RESULTS,
            gradescope.as_text(gradescope.results(each, options.language, when)),
        )
        for each in kept
    ]


def _kept(grades: Sequence[Grade], options: Options) -> list[Grade]:
    return [each for each in grades if not options.slugs or each.assignment in options.slugs]


def _graded_slugs(course: Course, grades: Sequence[Grade]) -> list[str]:
    graded = {each.assignment for each in grades}
    return [each.slug for each in course.graded_work() if each.slug in graded]


def _title(course: Course, slug: str) -> Text:
    """The title of an assignment, or of a quiz by its name in the gradebook."""
    if slug.startswith(PREFIX):
        return quiz_named(course.root, slug.removeprefix(PREFIX)).title
    return load_assignment(course, slug).title


def _roster(grades: Sequence[Grade], options: Options) -> Roster:
    """The roster; without one, the students of the gradebook, known by their name there alone."""
    if options.roster is not None:
        return options.roster
    students = sorted({each.student for each in grades})
    nothing = dict.fromkeys(IDS, "")
    return Roster(tuple(Enrolled(each, {**nothing, "student": each}, each, (), "") for each in students))
