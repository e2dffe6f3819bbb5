"""A new assignment's folder, to be filled in.

Covers writing every file an assignment is made of, with what to write where, and its line in `course/course.yaml`.
Does not cover saying what is still missing: `validate` does.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from autograder.adapters.course import COURSE_FILE, Course, load_course
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60
# Files of the skeleton, by what they are called in an assignment's folder; `{slug}` is filled in, in names too.
SKELETON = (
    "assignment.yaml",
    "{slug}.py",
    "test_hidden.py",
    "mistakes/first_slip.py",
    "alternatives/first_style.py",
    "alternatives/second_style.py",
    "alternatives/third_style.py",
)


def new_assignment(course: Course, slug: str) -> list[Path]:
    """Writes `solutions/<slug>/` and schedules it last in the course; returns the files written or changed.

    Raises CourseError when the slug is no slug, or names an assignment or a folder that exists.
    """
    folder, schedule = course.root / "solutions" / slug, course.root / COURSE_FILE
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST:
        remedy = "use lower-case letters, digits and dashes, at most 60: beam-search"
        raise CourseError(problem(Location("new"), f"'{slug}' is no name for an assignment", remedy))
    if folder.exists() or slug in [each.slug for each in course.assignments]:
        remedy = "choose another name, or remove what is there"
        raise CourseError(problem(Location(shown(folder)), f"assignment '{slug}' exists", remedy))
    _schedule(schedule, slug)
    written = [schedule]
    for name in SKELETON:
        text = (resources.files("autograder.usecases") / "skeleton" / _stored(name)).read_text(encoding="utf-8")
        text = text.replace("{slug}", slug).replace("{module}", course.modules[0].id)
        written.append(write_whole(folder / name.replace("{slug}", slug), text))
    return written


def _stored(name: str) -> str:
    """The skeleton's own name for a file: flat, and not taken for a module. `mistakes/a.py -> mistakes-a.py.txt`"""
    return name.replace("/", "-").replace("{slug}", "script") + ".txt"


def _schedule(file: Path, slug: str) -> None:
    """Adds the assignment after the last one of `course.yaml`, whose other lines stay as they are."""
    before = file.read_text(encoding="utf-8")
    lines = before.rstrip("\n").split("\n")
    starts = [number for number, line in enumerate(lines) if re.match(r"assignments:", line)]
    entry = f"- {{slug: {slug}, weight: 1}}"
    if not starts:
        lines += ["assignments:", entry]
    else:
        start = starts[0]
        lines[start] = re.sub(r":\s*\[\s*\]", ":", lines[start])
        end = next((n for n in range(start + 1, len(lines)) if re.match(r"[a-z_]+:", lines[n])), len(lines))
        last = max((n for n in range(start, end) if lines[n].strip() and not lines[n].startswith("#")), default=start)
        lines.insert(last + 1, entry)
    write_whole(file, "\n".join(lines) + "\n")
    try:
        found = load_course(file.parent.parent).assignments
    except CourseError:
        found = ()
    if not found or found[-1].slug != slug:
        write_whole(file, before)
        remedy = f"add this line under 'assignments' by hand, and run the command again: {entry}"
        raise CourseError(problem(Location(shown(file)), "the assignment could not be scheduled", remedy))
