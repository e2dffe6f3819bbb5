"""Makes a course directory for nbgrader from a course of ours, and a demo of both sides of it.

Covers settings, source notebooks with what students get beside them, dates, the exchange, and a JupyterLab that knows
them. Does not cover grading (`nbgrader_batch`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.adapters.authoring import read_script
from autograder.adapters.course import Course, load_assignment
from autograder.adapters.nbgrader import book as nbgrader_book
from autograder.adapters.nbgrader.commands import generate_and_release
from autograder.adapters.nbgrader.layout import CONFIG, Layout, config_text
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.release_notebook import source_notebook
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import Language
from autograder.usecases.release import release

_WRITTEN_BY_DEMO = "jupyter_server_config.py"


@dataclass(frozen=True)
class SetUp:
    """What was written: the assignments, and whether settings that stood there were kept."""

    folder: Path
    exchange: Path
    slugs: tuple[str, ...]
    kept_config: bool


def set_up(course: Course, folder: Path, slugs: Sequence[str], language: Language, exchange: Path | None) -> SetUp:
    """Releases the assignments, and writes the course directory or brings the sources of one it made up to date.

    Raises CourseError when the folder holds something else, or an assignment is wrong.
    """
    layout = Layout(folder)
    if folder.exists() and any(folder.iterdir()) and not layout.is_ours:
        what = "something other than an nbgrader course of ours is there"
        raise CourseError(problem(Location(shown(folder)), what, "name an empty or a new folder"))
    where = (exchange or folder / "exchange").absolute()
    release(course, slugs)
    for slug in slugs:
        _write_source(course, layout, slug, language)
    kept = layout.config.exists()
    if not kept:
        write_whole(layout.config, config_text(course, where, language))
        _open_exchange(where)
    with nbgrader_book.opened(layout, course.id) as book:
        nbgrader_book.add_assignments(book, [(slug, course.scheduled(slug).due) for slug in slugs])
    return SetUp(folder, where, tuple(slugs), kept)


def make_demo(course: Course, folder: Path, slugs: Sequence[str], language: Language) -> SetUp:
    """A course directory with everything released, and settings for a JupyterLab that is instructor and student.

    Raises CourseError as `set_up` does, or with what nbgrader says.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "jupyter" / _WRITTEN_BY_DEMO).is_file():
        what = "something other than a demo is there"
        raise CourseError(problem(Location(shown(folder)), what, "name an empty or a new folder with --out"))
    shutil.rmtree(folder, ignore_errors=True)
    done = set_up(course, folder / "course", slugs, language, folder / "exchange")
    generate_and_release(Layout(folder / "course"), slugs)
    settings = folder / "jupyter"
    config = (folder / "course" / CONFIG).resolve()
    write_whole(settings / CONFIG, f"c = get_config()\nload_subconfig({str(config)!r})\n")
    server = (
        "c = get_config()\n"
        f"c.ServerApp.root_dir = {str(folder.resolve())!r}\n"
        "c.ServerApp.allow_root = True  # a demo on one's own machine; the token still guards it\n"
    )
    write_whole(settings / _WRITTEN_BY_DEMO, server)
    quiet = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    write_whole(settings / "labconfig" / "page_config.json", json.dumps(quiet, indent=1) + "\n")
    return done


def _write_source(course: Course, layout: Layout, slug: str, language: Language) -> None:
    """The instructor's notebook, and beside it what students get besides notebooks."""
    assignment = load_assignment(course, slug)
    target = layout.source(slug)
    released, no_notebooks = course.root / "assignments" / slug, shutil.ignore_patterns("*.ipynb")
    shutil.copytree(released, target, dirs_exist_ok=True, ignore=no_notebooks)
    write_whole(target / f"{slug}.ipynb", source_notebook(assignment, read_script(assignment), language))


def _open_exchange(exchange: Path) -> None:
    """The folder that every user of the machine hands in through; nbgrader asks for these rights."""
    if not exchange.exists():
        exchange.mkdir(parents=True)
        exchange.chmod(0o777)  # all users of the machine hand in here; nbgrader guards what lies in it
