"""The report on a class: what stands, what does not, and who needs a person.

Covers choosing and ordering what is shown. Does not cover counting (`statistics`) nor drawing (`plots`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from autograder.adapters.pages import plots, prose, sentences
from autograder.adapters.pages.folders import folder_name
from autograder.adapters.pages.page import fill
from autograder.adapters.quizzes.survey import SurveyResult
from autograder.pure import statistics
from autograder.pure.quizzes.grading import PREFIX, lesson_hint
from autograder.pure.quizzes.statistics import QuizStatistics
from autograder.pure.statistics import MistakeCount, Summary, Tally
from autograder.types import NOTHING, Assignment, Grade, GroupGrade, Language, Outcome, Status, Text

SYMBOLS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.CRASHED: "!", Outcome.LIMIT: "≫", Outcome.BROKEN: "?"}


@dataclass(frozen=True)
class Column:
    """One check group of an assignment, over the class."""

    id: str
    title: Text
    points: float
    passed: Tally
    outcomes: dict[Outcome, int]


@dataclass(frozen=True)
class Row:
    """One student's submission in the heat map; `cells` are in the order of the columns, None where there is none."""

    anchor: str
    grade: Grade
    cells: tuple[GroupGrade | None, ...]


@dataclass(frozen=True)
class Slip:
    """A recognised mistake, the number it carries in the heat map, and its hint."""

    number: int
    count: MistakeCount
    hint: Text


@dataclass(frozen=True)
class Section:
    """One assignment or quiz over the class; the groups of a quiz are its questions."""

    anchor: str
    title: Text
    points: float
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    slips: tuple[Slip, ...]
    scores: tuple[float, ...]
    summary: Summary | None
    missing: tuple[str, ...]
    quiz: QuizStatistics | None = None

    def having(self, *statuses: Status) -> int:
        """How many submissions stand in one of the statuses."""
        return sum(row.grade.status in statuses for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.grade.late_s > 0 for row in self.rows)

    @property
    def steps(self) -> list[tuple[float, float, int]]:
        """The histogram as (from, to, submissions)."""
        counts = statistics.histogram(self.scores, self.points)
        width = self.points / len(counts)
        return [(width * place, width * (place + 1), count) for place, count in enumerate(counts)]

    def slip(self, mistake: str | None) -> int | None:
        """The number of a mistake in this section."""
        return next((slip.number for slip in self.slips if slip.count.id == mistake), None)


@dataclass(frozen=True)
class Concern:
    """A submission that a person may want to open, and why."""

    section: Section
    row: Row
    groups: tuple[GroupGrade, ...] = ()


@dataclass(frozen=True)
class ClassReport:
    """All that the page shows."""

    students: int
    sections: tuple[Section, ...]
    untouched: tuple[Text, ...]
    shares: Summary | None
    surveys: tuple[SurveyResult, ...] = ()

    @property
    def submissions(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    @property
    def possible(self) -> int:
        return self.students * len(self.sections)

    def in_review(self) -> list[Concern]:
        """Submissions that failed on our side."""
        waiting = self._rows(Status.NEEDS_REVIEW)
        return [Concern(s, r, _ended(r.grade, Outcome.BROKEN)) for s, r in waiting if not sentences.is_quiz(r.grade)]

    def essays(self) -> list[Concern]:
        """Quizzes with an essay that nobody has read yet."""
        return [Concern(s, r) for s, r in self._rows(Status.NEEDS_REVIEW) if sentences.is_quiz(r.grade)]

    def rejected(self) -> list[Concern]:
        return [Concern(s, r) for s, r in self._rows(Status.REJECTED)]

    def stopped(self) -> list[Concern]:
        """Submissions with a group that raised an error or passed a limit."""
        run = self._rows(Status.GRADED, Status.NEEDS_REVIEW)
        stopped = [Concern(s, r, _ended(r.grade, Outcome.CRASHED, Outcome.LIMIT)) for s, r in run]
        return [concern for concern in stopped if concern.groups]

    def unusual(self) -> list[Concern]:
        """Submissions that did something odd, which nobody is punished for."""
        return [Concern(s, r) for s, r in self._rows(*Status) if r.grade.unusual]

    def late(self) -> list[Concern]:
        """Late submissions, the latest first."""
        late = [Concern(s, r) for s, r in self._rows(*Status) if r.grade.late_s > 0]
        return sorted(late, key=lambda concern: -concern.row.grade.late_s)

    def _rows(self, *statuses: Status) -> Iterable[tuple[Section, Row]]:
        return (
            (section, row)
            for section in self.sections
            for row in sorted(section.rows, key=lambda row: row.grade.student)
            if row.grade.status in statuses
        )


def gather(
    grades: Sequence[Grade],
    assignments: Sequence[Assignment],
    quizzes: Sequence[QuizStatistics] = (),
    surveys: Sequence[SurveyResult] = (),
) -> ClassReport:
    """The report's content: a section per assignment that has grades, in the order of the course, then the quizzes.

    Grades of something that is among neither get a section of their own, at the end.
    """
    known = {assignment.slug: assignment for assignment in assignments}
    taken = {PREFIX + quiz.id: quiz for quiz in quizzes}
    students = sorted({grade.student for grade in grades})
    slugs = [*known, *taken, *sorted({grade.assignment for grade in grades} - known.keys() - taken.keys())]
    by_slug = {slug: [grade for grade in grades if grade.assignment == slug] for slug in slugs}
    return ClassReport(
        students=len(students),
        sections=tuple(
            _section(slug, own, known.get(slug) or taken.get(slug), students) for slug, own in by_slug.items() if own
        ),
        untouched=tuple(known[slug].title for slug, own in by_slug.items() if not own and slug in known),
        shares=statistics.summarise(
            [g.score / g.max_score for g in grades if g.status is Status.GRADED and g.max_score > 0]
        ),
        surveys=tuple(surveys),
    )


def html(report: ClassReport, graded_at: datetime | None, course_title: Text, language: Language) -> str:
    """The whole page, self-contained; `graded_at` is when the newest grade was made."""
    return fill(
        "report.html.j2",
        language,
        kind="report",
        scripts=["sort.js"],
        report=report,
        course_title=course_title,
        graded_at=graded_at,
        symbols=SYMBOLS,
        too_few=plots.TOO_FEW.say(language),
        overview=partial(_overview, report, language),
        distribution=lambda section: plots.distribution(
            section.scores, section.points, f"{section.anchor}-scores", language
        ),
        pass_rates=lambda section: plots.pass_rates(
            [(prose.to_plain(column.title.say(language), language), column.passed) for column in section.columns],
            f"{section.anchor}-groups",
            language,
        ),
    )


def _overview(report: ClassReport, language: Language) -> str:
    rows = [
        (
            prose.to_plain(section.title.say(language), language),
            [score / section.points for score in section.scores] if section.points > 0 else [],
        )
        for section in report.sections
    ]
    return plots.overview(rows, "overview", language)


def _section(
    slug: str, grades: list[Grade], subject: Assignment | QuizStatistics | None, students: list[str]
) -> Section:
    anchor = f"a-{folder_name(slug)}"
    assignment = subject if isinstance(subject, Assignment) else None
    quiz = subject if isinstance(subject, QuizStatistics) else None
    columns = _columns(grades, assignment)
    place = {student: index for index, student in enumerate(students)}
    ordered = sorted(grades, key=lambda grade: (grade.score, place[grade.student]))
    scores = statistics.final_scores(ordered)
    handed_in = {grade.student for grade in grades}
    title = subject.title if subject else Text(slug, slug)
    return Section(
        anchor=anchor,
        title=Text(f"Quiz: {title.en}", f"Quiz : {title.fr}") if quiz else title,
        points=assignment.points if assignment else max(grade.max_score for grade in grades),
        columns=columns,
        rows=tuple(_row(f"{anchor}-{place[grade.student]}", grade, columns) for grade in ordered),
        slips=_shown(quiz) if quiz else _slips(grades, assignment),
        scores=tuple(scores),
        summary=statistics.summarise(scores),
        missing=tuple(student for student in students if student not in handed_in),
        quiz=quiz,
    )


def _columns(grades: list[Grade], assignment: Assignment | None) -> tuple[Column, ...]:
    """The assignment's groups, then those that only older grades have."""
    seen: dict[str, tuple[Text, float]] = {}
    if assignment:
        seen = {group.id: (group.title, group.points) for group in assignment.groups}
    for grade in grades:
        for earned in grade.groups:
            seen.setdefault(earned.id, (earned.title, earned.max_points))
    return tuple(
        Column(id, title, points, statistics.passed(grades, id), statistics.outcomes(grades, id))
        for id, (title, points) in seen.items()
    )


def _row(anchor: str, grade: Grade, columns: tuple[Column, ...]) -> Row:
    own = {group.id: group for group in grade.groups if grade.status is not Status.REJECTED}
    return Row(anchor, grade, tuple(own.get(column.id) for column in columns))


def _slips(grades: list[Grade], assignment: Assignment | None) -> tuple[Slip, ...]:
    hints = {group.mistake: group.hint for grade in grades for group in grade.groups if group.mistake is not None}
    if assignment:
        hints.update({mistake.id: mistake.hint for mistake in assignment.mistakes})
    counts = statistics.mistakes(grades)
    return tuple(Slip(number, count, hints.get(count.id, NOTHING)) for number, count in enumerate(counts, 1))


def _shown(quiz: QuizStatistics) -> tuple[Slip, ...]:
    """Misconceptions of the class, with the lesson that clears each up."""
    return tuple(
        Slip(number, count, lesson_hint(quiz.named[count.id]))
        for number, count in enumerate(quiz.misconceptions, 1)
        if count.id in quiz.named
    )


def _ended(grade: Grade, *outcomes: Outcome) -> tuple[GroupGrade, ...]:
    return tuple(group for group in grade.groups if group.outcome in outcomes)
