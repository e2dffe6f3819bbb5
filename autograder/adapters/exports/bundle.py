"""The autograder that is uploaded to Gradescope: one zip with the platform, one assignment, and its two scripts.

Covers what stands in it and with which names. The secret in it is made from the course's own and tells nothing of it;
due dates stay out, for Gradescope counts lateness itself. Does not cover torch and the other libraries, which
`setup.sh` installs from the index that pip is set to, or from `wheels/` without any network.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import zipfile
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path, PurePosixPath

from autograder import errors
from autograder.adapters.course import COURSE_FILE, IN_FILE, Course, secret
from autograder.errors import CourseError, Location, PlatformError, problem
from autograder.types import Assignment

SETTINGS = "gradescope.json"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same assignment gives the same bytes
_SCRIPTS = ("setup.sh", "run_autograder")
_LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", "validated.json", "forced.json", "alternatives", "equivalent.yaml")
_EXTRA = re.compile(r"""extra\s*==\s*["'](?P<extra>[a-z]+)["']""")


def write_bundle(
    course: Course, assignment: Assignment, out: Path, shown: str, wheels: Path | None = None
) -> list[str]:
    """Writes the zip and returns the names in it; `shown` is when students see results, `wheels` a folder of wheels.

    Raises CourseError when the assignment is not released or `wheels` holds none, PlatformError when the zip does not
    read back.
    """
    released = course.root / "assignments" / assignment.slug
    if not released.is_dir():
        remedy = f"run: autograder release {assignment.slug}"
        raise CourseError(problem(Location(f"assignments/{assignment.slug}"), "not released", remedy))
    packed = sorted(wheels.glob("*.whl")) if wheels is not None else []
    if wheels is not None and not packed:
        remedy = "fill it with: pip download --dest DIR --requirement requirements.txt"
        raise CourseError(problem(Location(str(wheels)), "no .whl files in this folder", remedy))
    out.parent.mkdir(parents=True, exist_ok=True)
    contents = dict(_contents(course, assignment, released, shown))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.external_attr = (0o755 if name in _SCRIPTS else 0o600 if name.endswith(IN_FILE) else 0o644) << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
        for wheel in packed:
            archive.write(wheel, f"wheels/{wheel.name}", zipfile.ZIP_STORED)
    with zipfile.ZipFile(out) as archive:
        if archive.testzip() is not None or any(archive.read(name) != content for name, content in contents.items()):
            raise PlatformError("the bundle does not read back as what was written")
        return archive.namelist()


def _contents(course: Course, assignment: Assignment, released: Path, shown: str) -> Iterator[tuple[str, bytes]]:
    slug = assignment.slug
    for name in _SCRIPTS:
        stored = resources.files("autograder.adapters.exports") / "gradescope_scripts" / f"{name}.txt"
        yield name, stored.read_bytes()
    yield "requirements.txt", "".join(f"{each}\n" for each in _requirements()).encode()
    yield SETTINGS, json.dumps({"version": 1, "assignment": slug, "visibility": shown}, indent=1).encode()
    yield from _tree(Path(errors.__file__).parent, "package/autograder")
    yield from _tree(assignment.folder, f"course/solutions/{slug}")
    yield from _tree(released, f"course/assignments/{slug}")
    for name in assignment.files:
        yield f"course/{PurePosixPath(name)}", (course.root / name).read_bytes()
    yield f"course/{COURSE_FILE}", _course_file(course, slug)
    own = hmac.new(secret(course.root), f"gradescope {slug}".encode(), hashlib.sha256).hexdigest()
    yield f"course/{IN_FILE}", own.encode()


def _tree(folder: Path, place: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not set(relative.parts) & set(_LEFT_OUT):
            yield f"{place}/{relative.as_posix()}", path.read_bytes()


def _course_file(course: Course, slug: str) -> bytes:
    """The course with this assignment alone. JSON is YAML."""
    modules = [{"id": each.id, "title": {"en": each.title.en, "fr": each.title.fr}} for each in course.modules]
    content = {
        "schema": 1, "id": course.id, "title": {"en": course.title.en, "fr": course.title.fr},
        "language": course.language, "modules": modules, "assignments": [{"slug": slug}],
    }  # fmt: skip
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def _requirements() -> list[str]:
    """What grading needs beside the platform itself, as its own metadata says. Raises PlatformError without it."""
    try:
        listed = metadata.requires("autograder") or []
    except metadata.PackageNotFoundError:
        raise PlatformError("the package's metadata is missing. Remedy: install it: pip install .") from None
    wanted = []
    for each in listed:
        requirement, _, marker = each.partition(";")
        extra = _EXTRA.search(marker)
        if extra is None or extra["extra"] == "instructor":
            wanted.append(requirement.strip())
    return sorted(wanted, key=str.lower)
