"""The command `grade`: a bar while it runs, then who got what; of a large class, each assignment in one line.

Covers what is kept of the grades while they come by: with `--json` and in an nbgrader course all of them, else a line
each of the first few hundred. Does not cover regrading (`regrading`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from autograder.entry.arguments import (
    PROCESSORS,
    Book,
    Fresh,
    Isolation,
    Json,
    Lang,
    Slugs,
    Students,
    Workers,
    gradebook_place,
    isolation_tier,
    open_course,
    said_language,
    slugs_of,
)
from autograder.entry.console import Exit, GradingBar, out, print_errors, print_json, print_table
from autograder.types import Grade, Status

LISTED = 300  # grades shown one by one; of more, what counts is the whole, and what needs a look


class Told(GradingBar):
    """The bar of a run, and what is told at its end."""

    def __init__(self, keep: bool) -> None:
        super().__init__()
        self.kept: list[Grade] = []
        self.statuses: Counter[Status] = Counter()
        self._keep = keep
        self._rows: list[tuple[str, ...]] = []
        self._sums: dict[str, dict[str, float]] = {}
        self._tiers: set[str] = set()

    def graded(self, grade: Grade) -> None:
        super().graded(grade)
        self._note(grade)

    def unchanged(self, grade: Grade) -> None:
        super().unchanged(grade)
        self._note(grade)

    def _note(self, grade: Grade) -> None:
        self.statuses[grade.status] += 1
        self._tiers.add(grade.isolation)
        sums = self._sums.setdefault(grade.assignment, defaultdict(float))
        for name, more in (("work", 1), ("score", grade.score), ("of", grade.max_score), (grade.status.value, 1)):
            sums[name] += more
        if self._keep:
            self.kept.append(grade)
        if len(self._rows) <= LISTED:
            status = grade.status.value.replace("_", " ")
            score, of = f"{grade.score:g}", f"{grade.max_score:g}"
            self._rows.append((grade.student, grade.assignment, score, of, status))

    def print(self, graded: int, unchanged: int) -> None:
        if len(self._rows) <= LISTED:
            rows = sorted(self._rows, key=lambda row: (row[1], row[0]))
            print_table("Grades", ("student", "assignment", "score", "of", "status"), rows, right=(2, 3))
        else:
            columns = ("assignment", "submissions", "mean", "of", "rejected", "to review")
            rows = [_sum(slug, sums) for slug, sums in sorted(self._sums.items())]
            print_table("Grades", columns, rows, right=(1, 2, 3, 4, 5))
        tiers = ", ".join(sorted(self._tiers)) or "-"
        out.print(f"{graded} graded now, {unchanged} unchanged, isolation tier {tiers}.")


def _sum(slug: str, sums: dict[str, float]) -> tuple[str, ...]:
    mean, of = f"{sums['score'] / sums['work']:.2f}", f"{sums['of'] / sums['work']:g}"
    count, rejected, review = (f"{sums[name]:.0f}" for name in ("work", Status.REJECTED, Status.NEEDS_REVIEW))
    return slug, count, mean, of, rejected, review


def grade(
    slugs: Slugs = None,
    submitted: Annotated[
        Path | None,
        typer.Option("--submitted", help="Folder of work: <student>/<assignment>/; submitted/ if not given."),
    ] = None,
    nbgrader: Annotated[
        Path | None,
        typer.Option(
            "--nbgrader",
            help="Take work from this nbgrader course's submitted/, and write its gradebook.db too; found by itself "
            "when --submitted lies in one.",
        ),
    ] = None,
    student: Students = None,
    workers: Workers = PROCESSORS,
    isolation: Isolation = "auto",
    engine: Annotated[str, typer.Option("--engine", help="local, or a Dask scheduler: dask://HOST:PORT.")] = "local",
    fresh: Fresh = False,
    gradebook: Book = None,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Grade submissions in isolation; what is unchanged is not run again."""
    with ThreadPoolExecutor(1) as aside:
        tier = aside.submit(isolation_tier, isolation)  # tried by a process of its own, while this one reads
        course, said = open_course(), said_language(lang)
        names = slugs_of(course, slugs)

        # After the names are found right: imports take longer.
        from autograder.adapters.gradebook import Gradebook
        from autograder.adapters.nbgrader.layout import layout_of
        from autograder.usecases import grade as use

    if engine != "local" and not engine.startswith("dask://"):
        raise typer.BadParameter(f"engine '{engine}' is not offered: local, dask://HOST:PORT")
    options = use.Options(tier.result(), workers, tuple(student or ()), fresh, engine)
    work = submitted or (nbgrader / "submitted" if nbgrader else Path("submitted"))
    layout = layout_of(work, nbgrader)
    told = Told(keep=json or layout is not None)
    with Gradebook.open(gradebook_place(course, gradebook)) as book, told.shown():
        done = use.grade(course, names, work, book, options, told)
    problems = list(done.problems)
    if layout is not None:
        from autograder.usecases.nbgrader_batch import record_grades

        problems += record_grades(layout, course, told.kept)
    if json:
        print_json(use.as_document(told.kept, said))
    else:
        told.print(done.graded, done.unchanged)
    if problems:
        print_errors(problems)
        raise typer.Exit(Exit.WRONG)
    if told.statuses[Status.REJECTED] or told.statuses[Status.NEEDS_REVIEW]:
        raise typer.Exit(Exit.LOOK)
