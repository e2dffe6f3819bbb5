"""Every attack handed in to a course under attack, all graded in one run for each tier this machine offers.

Covers the hand-ins, what is planted for them to steal, the run, and what the machine looked like before and after it.
Does not cover attacks on archives and pages. `submissions/<name>.py` is appended to `base/honest.py`, which earns every
group; its docstring says what it tries, and which groups the same work earns without the attack.
"""

from __future__ import annotations

import ast
import ctypes
import json
import os
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.gradebook import Gradebook
from autograder.machinery.sandbox import Tier
from autograder.types import NOTHING, Grade, GroupGrade, Outcome, Status
from autograder.usecases.feedback import write_feedback
from autograder.usecases.grade import Kept, Options, as_document, grade
from autograder.usecases.report import write_report

collect_ignore = ["base", "course", "submissions"]

HERE = Path(__file__).parent
SLUG = "toolbox"
TIERS: tuple[Tier, ...] = ("1", "2", "3")
SIBLINGS = ("a_sibling", "f_sibling", "m_sibling", "s_sibling", "zz_sibling")
CANARY = re.compile(r"canary[-_](?:input_)?[0-9a-f]{16}")
PLANTED = ("SUITE_CONSTANT", "SUITE_COMMENT", "REFERENCE", "ENVIRONMENT", "GRADEBOOK", "SECRET", "CLASSMATE")
IN_TIME = "2026-11-13 20:00:00 UTC"
BECOME_SUBREAPER = 36  # prctl: whatever escapes from its parents is a child of this process
_SETTLES_WITHIN_S = 5.0


@dataclass(frozen=True)
class Attack:
    """One hostile hand-in.

    `earns` are the groups of its honest part (all but those in `ends` unless told), `ends` the outcomes of others
    (`failed or crashed` where threads race); `unusual` is False where it looks like an honest slip and the
    instructor is not told.
    """

    name: str
    about: str
    earns: frozenset[str]
    source: str
    ends: dict[str, str] = field(default_factory=dict)
    unusual: bool = True


@dataclass(frozen=True)
class Machine:
    """What a run could leave behind: processes, descriptors, mounts, and files in the temporary folder."""

    processes: frozenset[str]
    descriptors: int
    mounts: frozenset[str]
    files: frozenset[str]

    def beyond(self, before: Machine) -> list[str]:
        """What is here and was not before; what an earlier test was still clearing away may be gone."""
        more = [f"{self.descriptors - before.descriptors} descriptors"] if self.descriptors > before.descriptors else []
        for mine, theirs in zip(*((m.processes, m.mounts, m.files) for m in (self, before)), strict=True):
            more += sorted(mine - theirs)
        return more


@dataclass(frozen=True)
class Siege:
    """A run in which everything was attacked at once."""

    tier: Tier
    grades: dict[str, Grade]
    documents: dict[str, dict[str, Any]]
    canaries: dict[str, str]
    told: dict[str, str]
    printed: str
    before: Machine
    after: Machine
    seconds: float


@dataclass
class Counts:
    """What the terminal says at the end."""

    tiers: list[str] = field(default_factory=list)
    attacks: set[str] = field(default_factory=set)
    gained: int = 0
    leaks: int = 0
    harmed: int = 0


COUNTS = pytest.StashKey[Counts]()


def read_attacks(folder: Path = HERE / "submissions") -> list[Attack]:
    """Every attack in a folder, ordered by name."""
    return [_read(path) for path in sorted(folder.glob("*.py"))]


def _read(path: Path) -> Attack:
    source = path.read_text(encoding="utf-8")
    said = yaml.safe_load(ast.get_docstring(ast.parse(source)) or "")
    groups = {
        "scale", "softmax", "attend", "gradients", "words", "tally", "repeat", "code",
    }  # fmt: skip
    lost = set(said.get("ends", {}))
    earns = groups - lost if "earns" not in said else set(said["earns"])
    assert earns <= groups and not earns & lost, path
    return Attack(path.stem, said["about"], frozenset(earns), source, said.get("ends", {}), said.get("unusual", True))


def machine(temporary: Path) -> Machine:
    """What belongs to this process now; processes that it started and their children, those of bubblewrap included."""
    parents, names = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text()
        except OSError:
            continue
        parents[int(entry.name)] = int(stat.rsplit(")", 1)[1].split()[1])
        names[int(entry.name)] = f"{entry.name} {stat.split('(', 1)[1].rsplit(')', 1)[0]}"
    found = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    found.discard(os.getpid())
    return Machine(
        frozenset(names[pid] for pid in found),
        len(list(Path("/proc/self/fd").iterdir())),
        frozenset(Path("/proc/self/mountinfo").read_text().splitlines()),
        frozenset(str(path.relative_to(temporary)) for path in temporary.rglob("*")),
    )


def settled(temporary: Path, before: Machine) -> Machine:
    """The machine once nothing is there that was not before, or as it still looks after a while."""
    end = time.monotonic() + _SETTLES_WITHIN_S
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        except ChildProcessError:
            pass
        after = machine(temporary)
        if not after.beyond(before) or time.monotonic() > end:
            return after
        time.sleep(0.05)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that users of any name may enter: what is hidden in it is hidden by the sandbox."""
    with tempfile.TemporaryDirectory(prefix="siege-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def printed_to(file: Path) -> Iterator[None]:
    """Sends what this process and its children print into a file."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    target = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, descriptor in enumerate(kept, 1):
            os.dup2(descriptor, number)
            os.close(descriptor)


class Grounds:
    """A course with something to steal in every corner, and the folder that work is handed in to."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "course"
        self.submitted = folder / "submitted"
        self.file = self.root / "gradebook.db"
        self.temporary = folder / "temporary"
        self.temporary.mkdir(mode=0o755)
        self.canaries = {name: f"canary-{secrets.token_hex(8)}" for name in PLANTED}
        self.canaries["INPUT"] = f"canary_input_{secrets.token_hex(8)}"  # a word of a hidden input
        shutil.copytree(HERE / "course", self.root)
        for path in self.root.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for name, canary in self.canaries.items():
                text = text.replace(f"@CANARY_{name}@", canary)
            path.write_text(text, encoding="utf-8")
        (self.root / ".autograder").mkdir()
        (self.root / ".autograder" / "secret").write_text(self.canaries["SECRET"])

    def hand_in(self, student: str, source: str) -> None:
        into = self.submitted / student / SLUG
        into.mkdir(parents=True)
        places = {"COURSE": self.root, "GRADEBOOK": self.file, "SUBMITTED": self.submitted}
        for name, place in places.items():
            source = source.replace(f"@{name}@", str(place))
        (into / f"{SLUG}.py").write_text(source, encoding="utf-8")
        (into / "timestamp.txt").write_text(IN_TIME)

    def grade(self, tier: Tier, workers: int = 2, progress: Kept | None = None) -> tuple[list[Grade], float]:
        """Grades everything with the real engine; returns the grades and the seconds it took."""
        progress = progress or Kept()
        with Gradebook.open(self.file) as book:
            self.file.chmod(0o666)
            book.append([self._earlier()])
            began = time.monotonic()
            run = grade(load_course(self.root), [SLUG], self.submitted, book, Options(tier, workers), progress)
            seconds = time.monotonic() - began
            assert run.problems == []
            kept = {each.student for each in book.latest()}
            assert kept >= {each.student for each in progress.grades}
        return progress.grades, seconds

    def _earlier(self) -> Grade:
        """A grade from before: it is nobody else's to read."""
        now = datetime.now(UTC)
        group = GroupGrade("code", NOTHING, 1.0, 1.0, Outcome.PASSED, NOTHING, NOTHING)
        return Grade(
            SLUG, self.canaries["GRADEBOOK"], Status.GRADED, 1.0, 8.0, (group,), "", now, "", "", "", "", 0.0, now
        )


def honest() -> str:
    """Work that earns every group, and finds what is planted when it is given the text."""
    return (HERE / "base" / "honest.py").read_text(encoding="utf-8") + "\n\n"


def hostile(attack: Attack) -> str:
    """What is handed in: honest work, a way to the worker's own objects where the attack needs it, and the attack."""
    needs = "_worker(" in attack.source or "_reply(" in attack.source
    toolkit = (HERE / "base" / "toolkit.py").read_text(encoding="utf-8") + "\n\n" if needs else ""
    return honest() + toolkit + attack.source


@pytest.fixture(scope="session", params=TIERS, ids=lambda tier: f"tier{tier}")
def siege(request: pytest.FixtureRequest) -> Iterator[Siege]:
    """All attacks and their siblings in one run, and all that was written and printed of it."""
    ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)
    with open_folder() as folder, pytest.MonkeyPatch.context() as patch:
        grounds = Grounds(folder)
        patch.delenv("AUTOGRADER_SECRET", raising=False)
        patch.setenv("GRADER_TOKEN", grounds.canaries["ENVIRONMENT"])
        patch.setenv("TMPDIR", str(grounds.temporary))
        patch.setattr(tempfile, "tempdir", str(grounds.temporary))
        for attack in read_attacks():
            grounds.hand_in(attack.name, hostile(attack))
        for sibling in SIBLINGS:
            grounds.hand_in(sibling, f"# {grounds.canaries['CLASSMATE']}\n" + honest())
        before = machine(grounds.temporary)
        with printed_to(folder / "printed.txt"):
            grades, seconds = grounds.grade(request.param)
        after = settled(grounds.temporary, before)
        documents = {each["student"]: each for each in as_document(grades, "en")["grades"]}
        french = {each["student"]: each for each in as_document(grades, "fr")["grades"]}
        told = _tell(grounds, grades, folder / "told")
        told |= {f"{name} (json)": json.dumps([documents[name], french[name]]) for name in documents}
        yield Siege(
            request.param, {each.student: each for each in grades}, documents, grounds.canaries, told,
            (folder / "printed.txt").read_text(errors="replace"), before, after, seconds,
        )  # fmt: skip


def _tell(grounds: Grounds, grades: list[Grade], out: Path) -> dict[str, str]:
    """Every page and document written of these grades: feedback of each student and the class report."""
    course = load_course(grounds.root)
    assignment = load_assignment(course, SLUG)
    write_feedback(grades, {SLUG: assignment.title}, course.title, out / "feedback")
    write_report(grades, [assignment], course.title, out / "report")
    pages = (path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_text(encoding="utf-8", errors="replace") for path in pages}


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = Counts()


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> Counts:
    return request.config.stash[COUNTS]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    seen = config.stash[COUNTS]
    if seen.tiers:
        terminalreporter.write_line(
            f"attacks {len(seen.attacks)} on tiers {', '.join(sorted(seen.tiers))}: points gained {seen.gained}, "
            f"leaks {seen.leaks}, siblings harmed {seen.harmed}"
        )
