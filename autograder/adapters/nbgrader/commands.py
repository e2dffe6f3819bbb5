"""nbgrader's own commands, called in one process.

Covers generating and releasing assignments. Does not cover commands that instructors run themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.apps.baseapp import NbGrader

from autograder.adapters.nbgrader.layout import Layout
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem

API: Any = NbGraderAPI  # declares no types


def generate_and_release(layout: Layout, slugs: Sequence[str]) -> None:
    """`nbgrader generate_assignment` and `release_assignment` for each. Raises CourseError with nbgrader's words."""
    app: Any = NbGrader()
    app.load_cwd_config = False
    app.config_dir = str(layout.root.resolve())
    app.load_config_file()
    api: Any = API(config=app.config)
    for slug in slugs:
        for step in (api.generate_assignment, api.release_assignment):
            done = step(slug)
            if not done["success"]:
                said = str(done.get("error") or done.get("log", "")).strip().splitlines()
                remedy = f"run there: nbgrader {step.__name__} {slug}"
                raise CourseError(problem(Location(shown(layout.root)), said[-1] if said else "it failed", remedy))
