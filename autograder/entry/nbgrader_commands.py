"""`autograder nbgrader …`: courses for nbgrader and JupyterLab.

Each command parses, calls one use case and shows what came back, as those of `cli` do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.entry.console import out, plain, print_json

app = typer.Typer(no_args_is_help=True, help="Courses for nbgrader and JupyterLab.")

Slugs = Annotated[
    list[str] | None, typer.Argument(metavar="[SLUG]...", help="Assignments; all of the course if none is named.")
]
Lang = Annotated[str, typer.Option("--lang", help="Language of notebooks and feedback: en or fr; the course's own.")]
Json = Annotated[bool, typer.Option("--json", help="One versioned document on stdout.")]


@app.command()
def setup(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The instructor's course directory, new or made before.")
    ],
    slugs: Slugs = None,
    exchange: Annotated[
        Path | None, typer.Option("--exchange", help="Folder shared with students; DIR/exchange if not given.")
    ] = None,
    lang: Lang = "",
    force: Annotated[
        str, typer.Option("--force", help="Take what `validate` has not passed, for this reason, which is recorded.")
    ] = "",
    json: Json = False,
) -> None:
    """Make an nbgrader course directory: settings, source notebooks, dates, exchange."""
    from autograder.usecases.nbgrader_course import set_up
    from autograder.usecases.release import require_validated

    course, names, language = _chosen(slugs, lang)
    require_validated(course, names, force)
    _tell(set_up(course, folder, names, language, exchange), json)
    if not json:
        out.print(f"Next: cd {plain(folder)} && nbgrader generate_assignment {names[0]}", soft_wrap=True)


@app.command()
def demo(
    slugs: Slugs = None,
    out_: Annotated[Path, typer.Option("--out", help="Where to write.")] = Path("build/lab"),
    lang: Lang = "",
    json: Json = False,
) -> None:
    """Make a demo for JupyterLab, both sides in one folder: the course with everything released, and settings."""
    from autograder.usecases.nbgrader_course import make_demo

    course, names, language = _chosen(slugs, lang)
    _tell(make_demo(course, out_, names, language), json)
    if not json:
        settings = out_ / "jupyter"
        out.print(f"Next: JUPYTER_CONFIG_DIR={plain(settings.resolve())} jupyter lab", soft_wrap=True)


def _tell(done: Any, json: bool) -> None:
    if json:
        document = {"version": 1, "folder": str(done.folder), "exchange": str(done.exchange)}
        print_json({**document, "assignments": list(done.slugs), "kept_config": done.kept_config})
        return
    kept = "; its settings were kept" if done.kept_config else ""
    out.print(f"{len(done.slugs)} assignments in {plain(done.folder)}{kept}.", soft_wrap=True)
    out.print(f"Exchange: {plain(done.exchange)}", soft_wrap=True)


def _chosen(slugs: list[str] | None, lang: str) -> tuple[Any, list[str], Any]:
    from autograder.adapters.course import find_course, load_course

    course = load_course(find_course(Path.cwd()))
    names = [course.scheduled(slug).slug for slug in slugs] if slugs else [each.slug for each in course.assignments]
    if lang and lang not in ("en", "fr"):
        raise typer.BadParameter(f"language '{lang}' is not offered: en, fr")
    return course, names, lang or course.language
