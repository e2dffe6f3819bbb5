"""A new course of one's own: `course.yaml`, one small assignment that is complete, and a README.

Covers writing it into a new or an empty folder. Does not cover assignments of one's own: `new` does.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from autograder.adapters.course import COURSE_FILE
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.roster import fold
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem

EXAMPLE = "running-mean"
NEXT = ("autograder list", "autograder validate", "autograder release", "autograder demo")
_MODULE = "M1"
# Files of the course, by what they are called in the skeleton.
_FILES = {
    "course.yaml": COURSE_FILE,
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "assignment.yaml": f"solutions/{EXAMPLE}/assignment.yaml",
    "script.py": f"solutions/{EXAMPLE}/{EXAMPLE}.py",
    "test_hidden.py": f"solutions/{EXAMPLE}/test_hidden.py",
    **{
        f"{kind}-{name}.py": f"solutions/{EXAMPLE}/{kind}/{name}.py"
        for kind, names in {
            "mistakes": ("any_width_is_taken", "last_window_left_out"),
            "alternatives": ("cumulative_sums", "recursive", "sliding_sum"),
        }.items()
        for name in names
    },
}


def init_course(folder: Path) -> list[Path]:
    """Writes the course into `folder` and returns its files. Raises CourseError when something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = "name a new or an empty folder; nothing was written"
        raise CourseError(problem(Location(shown(folder)), "something is there already", remedy))
    course = re.sub(r"[^a-z0-9]+", "-", fold(folder.absolute().name)).strip("-")[:60].strip("-") or "course"
    written = []
    for stored, name in _FILES.items():
        text = (resources.files("autograder.usecases") / "skeleton" / f"example-{stored}.txt").read_text("utf-8")
        written.append(write_whole(folder / name, text.replace("{course}", course).replace("{module}", _MODULE)))
    return written
