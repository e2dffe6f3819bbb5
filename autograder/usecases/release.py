"""From `solutions/` to what students get.

Covers building `assignments/<slug>/`, finding what is stale in it, and a release folder with sums; nothing passes that
`leaks` finds. How a quiz goes out without its key is the matter of `usecases.quizzes.hand_out`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from autograder.adapters.authoring import read_script, stub_source
from autograder.adapters.course import COURSE_FILE, Course, load_assignment
from autograder.adapters.handout import handout_of
from autograder.adapters.notebook import read_notebook
from autograder.adapters.quizzes.load import FOLDER, quiz_named
from autograder.adapters.release_notebook import heading, instructions, release_notebook
from autograder.adapters.released import CHECKS_FILE, PUBLIC_FILE
from autograder.adapters.script import Script
from autograder.adapters.validation_stamp import is_validated, record_force
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.pure.quizzes.variants import own_values
from autograder.types import LANGUAGES, Assignment, Language
from autograder.usecases.leaks import Secret, leaks, secrets_of
from autograder.usecases.quizzes.hand_out import hand_out

MANIFEST = "manifest.json"
# What tools leave behind in a folder; neither released nor compared.
LEFTOVERS = ("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".DS_Store")


@dataclass(frozen=True)
class Manifest:
    """The files of a release, relative to its folder, and their SHA-256 sums, in order of their names."""

    files: tuple[tuple[str, str], ...]

    def json(self) -> str:
        return json.dumps({"version": 1, "files": dict(self.files)}, indent=1) + "\n"


def build(assignment: Assignment, out: Path, others: Sequence[Secret] = ()) -> Manifest:
    """Writes what students get for one assignment into the new folder `out`.

    The same sources give the same bytes. Raises CourseError when the assignment is wrong, or would give away a line of
    its own or one of the `others`.
    """
    script = read_script(assignment)
    slug = assignment.slug
    module = stub_source(assignment)
    _must_load(module, script)
    notebooks = {name: release_notebook(assignment, script, language) for name, language in _notebooks(slug)}
    cells = [cell for name, text in notebooks.items() for cell in read_notebook(text.encode(), name)]
    public = {**_public(assignment), "handout": handout_of(module, cells).json()}
    files: dict[str, str | bytes] = {
        f"{slug}.py": module,
        **notebooks,
        CHECKS_FILE: _checks(assignment, script),
        PUBLIC_FILE: json.dumps(public, indent=1, ensure_ascii=False) + "\n",
        **{f"instructions.{language}.md": instructions(assignment, script, language) for language in LANGUAGES},
    }
    root = assignment.folder.parent.parent
    for name in assignment.files:
        files[f"data/{PurePosixPath(name).name}"] = (root / name).read_bytes()
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if found := leaks(_files(out), [*secrets_of(assignment), *others]):
        raise CourseError(found)
    return manifest(out)


def _must_load(module: str, script: Script) -> None:
    """Raises CourseError when Python cannot read the module from a file: a title may name an encoding (PEP 263)."""
    try:
        compile(module.encode(), f"{script.file.stem}.py", "exec")
    except SyntaxError as error:
        what = f"Python cannot read the module that students get: {error.msg}"
        remedy = "mend it; a first or second line with 'coding:' and a word names an encoding: reword the title"
        raise CourseError(problem(Location(shown(script.file)), what, remedy)) from None


def require_validated(course: Course, slugs: Sequence[str], force: str = "") -> None:
    """Holds when every assignment has passed `validate` as it stands; else `force` is recorded as the reason why not.

    Raises CourseError, with every assignment that has not passed, when there is no reason.
    """
    problems = []
    for slug in slugs or _all(course):
        assignment = load_assignment(course, slug)
        if is_validated(assignment):
            continue
        if force.strip():
            record_force(assignment, force.strip())
            continue
        remedy = f'run: autograder validate {slug}; or release it all the same with --force "reason"'
        problems.append(problem(Location(shown(assignment.folder)), "not validated as it stands", remedy))
    if problems:
        raise CourseError(problems)


def release(course: Course, slugs: Sequence[str] = ()) -> dict[str, Manifest]:
    """Builds `assignments/<slug>/` of the given assignments, or of all. A folder is replaced whole, or not at all.

    Raises CourseError with the problems of every assignment; those without a problem are released. No release may hold
    a line of another assignment's solution or suite either: students have them all.
    """
    manifests: dict[str, Manifest] = {}
    problems: list[str] = []
    secrets = _all_secrets(course)
    for slug in slugs or _all(course):
        target = course.root / "assignments" / slug
        try:
            with _beside(target) as new:
                manifests[slug] = build(load_assignment(course, slug), new, secrets)
                if not target.is_dir() or manifests[slug] != manifest(target):
                    _swap(new, target)
        except CourseError as error:
            problems += error.problems
    if problems:
        raise CourseError(problems)
    return manifests


def check_release(course: Course, slugs: Sequence[str] = ()) -> list[str]:
    """What is stale in `assignments/`, one line per file; nothing when all is as `release` would write it.

    Raises CourseError with the problems of every assignment.
    """
    stale: list[str] = []
    problems: list[str] = []
    secrets = _all_secrets(course)
    for slug in slugs or _all(course):
        target = course.root / "assignments" / slug
        try:
            with tempfile.TemporaryDirectory() as folder:
                new = dict(build(load_assignment(course, slug), Path(folder), secrets).files)
        except CourseError as error:
            problems += error.problems
            continue
        old = dict(manifest(target).files) if target.is_dir() else {}
        for name in sorted(new.keys() | old.keys()):
            if new.get(name) != old.get(name):
                what = "missing" if name not in old else "stale" if name in new else "not part of the release"
                stale.append(problem(Location(shown(target / name)), what, f"run: autograder release {slug}"))
    if problems:
        raise CourseError(problems)
    return stale


def release_to(course: Course, slugs: Sequence[str], out: Path) -> Manifest:
    """A folder to hand to students: assignments, `course/`, `quizzes/`, and `manifest.json` with the sums of it all.

    Quizzes whose values are each student's own are not in it: they are one person's, see `quizzes_to_release`.

    Replaces an earlier release whole. Raises CourseError when `out` holds anything else, or on a leak.
    """
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file()):
        what = "something other than a release is there"
        raise CourseError(problem(Location(shown(out)), what, "name an empty or a new folder"))
    assignments = [load_assignment(course, slug) for slug in slugs or _all(course)]
    with _beside(out) as new:
        for assignment in assignments:
            build(assignment, new / "assignments" / assignment.slug)
        source = course.root / PurePosixPath(COURSE_FILE).parent
        for name, file in _files(source):
            target = new / source.name / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        if shared := quizzes_to_release(course)[0]:
            hand_out(course, shared, [], new / FOLDER)
        secrets = [secret for assignment in assignments for secret in secrets_of(assignment)]
        if found := leaks(_files(new), secrets):
            raise CourseError(found)
        result = manifest(new)
        (new / MANIFEST).write_text(result.json(), encoding="utf-8", newline="\n")
        _swap(new, out)
    return result


def quizzes_to_release(course: Course) -> tuple[list[str], list[str]]:
    """The course's quizzes: those that are the same for all, and those that are each student's own."""
    own = {each.slug: own_values(quiz_named(course.root, each.slug)) for each in course.quizzes}
    return [id for id, alone in own.items() if not alone], [id for id, alone in own.items() if alone]


def manifest(folder: Path) -> Manifest:
    """The sums of the files below a folder, leaving out a manifest at its top and what tools leave behind."""
    return Manifest(
        tuple(
            (name, hashlib.sha256(file.read_bytes()).hexdigest()) for name, file in _files(folder) if name != MANIFEST
        )
    )


def _notebooks(slug: str) -> tuple[tuple[str, Language], ...]:
    return (f"{slug}.ipynb", "en"), (f"{slug}.fr.ipynb", "fr")


def _all(course: Course) -> list[str]:
    return [each.slug for each in course.assignments]


def _checks(assignment: Assignment, script: Script) -> str:
    """`checks.py`: the public check of each group under its marker, to run after the student's module."""
    sources = {cell.name: cell.source for cell in script.of("check")}
    parts = [
        f"# The public checks of {assignment.slug}, as `autograder check` runs them.\n"
        f"# Les vérifications publiques de {assignment.slug}, telles que les exécute `autograder check`.\n"
    ]
    for group in assignment.groups:
        headings = [f'# %% group="{group.id}"', heading(group, "en"), heading(group, "fr")]
        parts.append("\n".join([*headings, sources[group.id]]) + "\n")
    return "\n".join(parts)


def _public(assignment: Assignment) -> dict[str, object]:
    """What `autograder check` needs to know of an assignment; nothing an instructor would hide."""
    return {
        "version": 1,
        "slug": assignment.slug,
        "title": asdict(assignment.title),
        "module": assignment.module,
        "difficulty": assignment.difficulty,
        "importance": assignment.importance,
        "minutes": assignment.minutes,
        "requires": assignment.requires,
        "forbidden": assignment.forbidden,
        "limits": asdict(assignment.limits),
        "files": [f"data/{PurePosixPath(name).name}" for name in assignment.files],
        "groups": [asdict(group) for group in assignment.groups],
        # Tells which state of the sources this was built from; it says nothing about what they hold.
        "built_from": assignment.version,
    }


def _all_secrets(course: Course) -> list[Secret]:
    """Those of every assignment that can be read; the release of one that cannot says why."""
    found = []
    for slug in _all(course):
        with suppress(CourseError):
            found += secrets_of(load_assignment(course, slug))
    return found


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Regular files below a folder with their relative names, in order; links and leftovers are passed over."""
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        if file.is_file() and not file.is_symlink() and not set(relative.parts) & set(LEFTOVERS):
            yield relative.as_posix(), file


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new folder on the same disk as `target`, gone afterwards unless it was moved into its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    # What is released is for others to read, unlike a temporary folder.
    new.chmod(0o755)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    """Puts `new` in the place of `target`; when that fails, what stood there stands there again."""
    if not target.exists():
        new.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent)) / "old"
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
