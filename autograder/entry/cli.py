"""The command `autograder`.

Each command parses, calls one use case and shows what came back. Exit codes: 0 done; 1 the answer is no (a check
fails, a release is stale); 2 the command, the course or an assignment is wrong; 3 done, but some submissions were
rejected or need review; 4 the machine or the platform failed.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.entry import checking, grading, handing_back, handing_in, nbgrader_commands, regrading, starting
from autograder.entry.arguments import (
    PROCESSORS,
    Book,
    Isolation,
    Json,
    Lang,
    Out,
    Slugs,
    Workers,
    day_and_minute,
    gradebook_place,
    isolation_tier,
    newest_grades,
    open_course,
    said_language,
    slugs_of,
)
from autograder.entry.console import Exit, GradingBar, err, out, plain, print_errors, print_json, print_table
from autograder.entry.quiz import print_quizzes, quiz_app
from autograder.errors import AutograderError, CourseError, PlatformError, SubmissionError

# Objects made before Python looks for what can be freed: starting makes many that stay, and each look costs more.
_ALLOCATIONS = 200_000

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Write assignments once, release them, grade in isolation, hand back feedback that teaches.",
    epilog="Exit codes: 0 done · 1 the answer is no · 2 wrong use or a faulty course · 3 some work needs a look · "
    "4 our fault",
)

app.add_typer(quiz_app, name="quiz")
app.add_typer(nbgrader_commands.app, name="nbgrader")


@app.command("list")
def list_(json: Json = False, lang: Lang = "en") -> None:
    """Modules, assignments and quizzes with their points and dates."""
    from autograder.usecases.list_course import as_document, listed, listed_lessons, listed_quizzes

    course = open_course()
    assignments, lessons, quizzes = listed(course), listed_lessons(course), listed_quizzes(course)
    said = said_language(lang)
    if json:
        print_json(as_document(assignments, lessons, quizzes, said))
        return
    rows = [
        (
            each.module,
            each.slug,
            each.title.say(said),
            f"{each.points:g}",
            day_and_minute(each.due),
        )
        for each in assignments
    ]
    print_table(course.title.say(said), ("module", "assignment", "title", "points", "due"), rows, right=(3,))
    if lessons:
        taught = [
            (each.module, each.slug, each.title.say(said), " ".join((*each.assignments, *each.quizzes)))
            for each in lessons
        ]
        print_table("", ("module", "lesson", "title", "practised in"), taught)
    if quizzes:
        print_quizzes(quizzes, said)


@app.command()
def release(
    slugs: Slugs = None,
    out_: Annotated[
        Path | None, typer.Option("--out", help="Also build a folder for students here, with a manifest.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 when assignments/ is stale.")] = False,
    force: Annotated[
        str, typer.Option("--force", help="Release what `validate` has not passed, for this reason, which is recorded.")
    ] = "",
    json: Json = False,
) -> None:
    """Build what students get: assignments/ from solutions/, and the notebooks and figures of course/lessons/."""
    from autograder.usecases import release as use
    from autograder.usecases.lessons import build_lessons, check_lessons

    course = open_course()
    lessons = [each.slug for each in course.lessons if not slugs or each.slug in slugs]
    scheduled = [each.slug for each in course.assignments]
    # A lesson and its assignment may share a name: both are meant.
    wanted = [each for each in slugs or scheduled if each in scheduled or each not in lessons]
    names = slugs_of(course, wanted) if wanted else []
    if check:
        stale = [*(use.check_release(course, names) if names else []), *check_lessons(course, lessons)]
        if json:
            print_json({"version": 1, "stale": stale})
        for line in stale:
            err.print(f"[red]stale[/red] {plain(line)}", soft_wrap=True)
        if stale:
            err.print("Remedy: run: autograder release")
            raise typer.Exit(Exit.NO)
        if not json:
            out.print(f"{len(names)} assignments and {len(lessons)} lessons are up to date.")
        return
    if names:
        use.require_validated(course, names, force)
        use.release(course, names)
    build_lessons(course, lessons)
    if out_ is not None:
        use.release_to(course, names, out_)
        for id in use.quizzes_to_release(course)[1]:
            what = f"quiz '{id}' is not in {out_}: each student has values of their own."
            remedy = f"Remedy: autograder quiz export {id} --students FILE"
            err.print(f"[yellow]look[/yellow] {plain(what)} {plain(remedy)}", soft_wrap=True)
    if json:
        print_json({"version": 1, "released": names, "lessons": lessons, "out": str(out_) if out_ else None})
    else:
        told = "; ".join(
            f"{kind}: {', '.join(each)}" for kind, each in (("assignments", names), ("lessons", lessons)) if each
        )
        out.print(f"Released {told}" + (f" into {plain(out_)}" if out_ else ""))


app.command()(checking.check)
app.command()(handing_in.submit)
app.command()(handing_in.collect)
app.command()(handing_in.receipt)


app.command()(grading.grade)
app.command()(regrading.regrade)


@app.command()
def feedback(out_: Out = Path("build/feedback"), gradebook: Book = None, json: Json = False) -> None:
    """Write each student's feedback: HTML, Markdown and JSON, in English and French."""
    from autograder.usecases.feedback import write_feedback

    course, grades = newest_grades(gradebook)
    titles = _titles(course)
    written = write_feedback(grades, titles, course.title, out_)
    if json:
        print_json({"version": 1, "files": [str(path) for path in written]})
    else:
        out.print(f"{len(written)} files in {plain(out_)}")


@app.command()
def report(out_: Out = Path("build/report"), gradebook: Book = None, json: Json = False, lang: Lang = "en") -> None:
    """Write the class report: one self-contained page, in English and French."""
    from autograder.adapters.course import load_assignment
    from autograder.adapters.gradebook import Gradebook
    from autograder.usecases.quizzes.statistics import class_statistics, survey_results
    from autograder.usecases.report import write_report

    course, grades = newest_grades(gradebook)
    with Gradebook.open(gradebook_place(course, gradebook)) as book:
        quizzes, surveys = class_statistics(course, book), survey_results(course)
    slugs = {each.assignment for each in grades}
    assignments = [load_assignment(course, each.slug) for each in course.assignments if each.slug in slugs]
    page = write_report(grades, assignments, course.title, out_, said_language(lang), quizzes, surveys)
    if json:
        print_json({"version": 1, "page": str(page)})
    else:
        out.print(f"Class report: {plain(page)}")


app.command()(handing_back.export)


@app.command()
def demo(
    students: Annotated[int, typer.Option("--students", min=1, help="Size of the simulated class.")] = 24,
    out_: Out = Path("build/demo"),
    workers: Workers = PROCESSORS,
    isolation: Isolation = "auto",
    json: Json = False,
) -> None:
    """Run the whole loop on a simulated class and compare the grades with those expected."""
    from autograder.usecases import demo as use

    bar = GradingBar()
    with bar.shown():
        done = use.run_demo(open_course(), students, out_, isolation_tier(isolation), workers, bar)
    if json:
        print_json(use.as_document(done))
    else:
        title = "Simulated class: given = expected"
        print_table(title, done.columns, done.rows, right=range(1, len(done.columns)))
        print_table(
            "Steps", ("step", "seconds"), [(name, f"{seconds:.1f}") for name, seconds in done.steps], right=(1,)
        )
        for line in done.different:
            err.print(f"[red]different[/red] {plain(line)}", soft_wrap=True)
        out.print(
            f"{done.compared} grades compared, {len(done.different)} differ from what was expected. "
            f"Class report: {plain(done.report)}"
        )
    if done.different:
        raise typer.Exit(Exit.NO)


@app.command()
def validate(
    slugs: Slugs = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Fewer draws and a sample of the mutants; a release needs the whole.")
    ] = False,
    out_: Out = Path("build/validation"),
    workers: Workers = PROCESSORS,
    isolation: Isolation = "auto",
    json: Json = False,
) -> None:
    """Is an assignment itself right: reference full, stub zero, mistakes and mutants caught, no leak."""
    from autograder.adapters.pages.validation import write_pages
    from autograder.usecases.validate import report as figures
    from autograder.usecases.validate import validate as use

    course = open_course()
    bar = GradingBar()
    with bar.shown():
        reports = use(course, slugs_of(course, slugs), isolation_tier(isolation), workers, bar, quick)
    document = figures.as_document(reports)
    page = write_pages(document, course.title, out_)
    if json:
        print_json(document)
    else:
        print_table("Validation", figures.COLUMNS, figures.rows(reports), right=range(2, 10))
        margins = [row for each in reports for row in figures.margin_rows(each)]
        columns = ("assignment", "tolerance", "right work (share)", "nearest mutant (share)")
        print_table("Margins", columns, margins, right=(2, 3))
        out.print(f"Report: {plain(page)}")
    for each in reports:
        for name in each.failing:
            for line in each.problems[name]:
                err.print(f"[red]{name}[/red] {plain(line)}", soft_wrap=True)
    if not all(each.ok for each in reports):
        raise typer.Exit(Exit.NO)


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="Lower-case letters, digits and dashes: beam-search")],
    json: Json = False,
) -> None:
    """Write a new assignment's folder, to be filled in; `validate` says what is missing until then."""
    from autograder.usecases.new_assignment import new_assignment

    course = open_course()
    written = new_assignment(course, slug)
    if json:
        print_json({"version": 1, "files": [str(path) for path in written]})
    else:
        for path in written:
            out.print(plain(path), soft_wrap=True)
        out.print(f"Now fill in what says FILL IN, and run: autograder validate {slug}")


app.command()(starting.init)


@app.command()
def doctor(json: Json = False) -> None:
    """What isolation is in force, versions, clock, disk; each failure with its fix."""
    from autograder.usecases.doctor import as_document, examine

    done = examine(Path.cwd())
    if json:
        print_json(as_document(done))
    else:
        rows = [
            ("ok" if each.ok else "FAILS", each.name, each.detail, "" if each.ok else each.fix) for each in done.probes
        ]
        print_table(f"Isolation: {done.isolation}", ("", "what", "seen", "fix"), rows)
    if done.tier is None:
        raise typer.Exit(Exit.OURS)


def _titles(course: Any) -> dict[str, Any]:
    from autograder.adapters.course import load_assignment
    from autograder.adapters.quizzes.load import quiz_named
    from autograder.pure.quizzes.grading import PREFIX

    assignments = {each.slug: load_assignment(course, each.slug).title for each in course.assignments}
    quizzes = {PREFIX + each.slug: quiz_named(course.root, each.slug).title for each in course.quizzes}
    return assignments | quizzes


def main() -> None:
    """Runs the command and turns known errors into a message and an exit code."""
    gc.set_threshold(_ALLOCATIONS)
    try:
        app(standalone_mode=True)
    except CourseError as error:
        print_errors(error.problems)
        sys.exit(Exit.WRONG)
    except SubmissionError as error:
        print_errors(str(error).splitlines())
        sys.exit(Exit.WRONG)
    except PlatformError as error:
        print_errors([str(error)])
        sys.exit(Exit.OURS)
    except AutograderError as error:
        print_errors([str(error)])
        sys.exit(Exit.WRONG)
    except ImportError as error:
        print_errors([f"{error.name} is missing. Remedy: pip install 'autograder[instructor]'."])
        sys.exit(Exit.OURS)
