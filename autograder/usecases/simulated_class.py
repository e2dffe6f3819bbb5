"""A simulated class: students whose work is drawn from references, alternatives and known mistakes.

Covers what each student hands in (module or notebook, in time or late, broken in several ways) and the score that the
assignments' own declarations promise for it. Does not cover grading: what is expected is computed without it.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

from autograder.adapters.authoring import mistake_source, read_script, reference_source, stub_source
from autograder.adapters.course import Course, Scheduled
from autograder.adapters.release_notebook import release_notebook
from autograder.adapters.script import BEGIN, END, Script
from autograder.pure.scoring import late_fraction
from autograder.types import Assignment, Language, Mistake, Status

NAMES = (
    "alice", "basile", "chloe", "diego", "elsa", "farid", "gabrielle", "hugo", "ines", "jules", "kenza", "leo",
    "manon", "nathan", "oceane", "paul", "quentin", "rose", "samir", "tess", "ugo", "valentine", "william", "yasmine",
)  # fmt: skip
_NO_DUE = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class HandIn:
    """What one simulated student hands in for one assignment, and the score and status it must get."""

    student: str
    slug: str
    kind: str
    file: str
    content: bytes
    received_at: datetime
    score: float
    status: Status


def simulate(course: Course, assignments: Sequence[Assignment], count: int, seed: int = 2026) -> list[HandIn]:
    """The hand-ins of `count` students for the assignments; the same seed gives the same class.

    In each assignment one student's work crashes, one never ends, one is not Python; the others are drawn.
    """
    class_ = []
    for index, assignment in enumerate(assignments):
        rng = Random(f"{seed} {assignment.slug}")  # noqa: S311 - a simulation, not a secret
        writer = _Writer(assignment, course.scheduled(assignment.slug), course.late_penalty_per_day, rng)
        for place in range(count):
            # Rotated, so that it is another student's turn in each assignment.
            turn = (place + 5 * index) % count
            class_.append(writer.hand_in(_student(place), turn))
    return class_


def write_class(hand_ins: Sequence[HandIn], out: Path) -> None:
    """Writes the class in nbgrader's layout: `<student>/<assignment>/<file>` with `timestamp.txt`."""
    for each in hand_ins:
        folder = out / each.student / each.slug
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / each.file
        path.write_bytes(each.content)
        (folder / "timestamp.txt").write_text(each.received_at.strftime("%Y-%m-%d %H:%M:%S.%f %Z"), encoding="utf-8")
        os.utime(path, (each.received_at.timestamp(),) * 2)


def _student(place: int) -> str:
    name = NAMES[place % len(NAMES)]
    return name if place < len(NAMES) else f"{name}{place // len(NAMES) + 1}"


class _Writer:
    """Writes hand-ins for one assignment."""

    def __init__(self, assignment: Assignment, scheduled: Scheduled, late_per_day: float, rng: Random) -> None:
        self._assignment = assignment
        self._script = read_script(assignment)
        self._due = scheduled.due or _NO_DUE
        self._has_due = scheduled.due is not None
        self._late_per_day = late_per_day
        self._rng = rng
        # As in a real class, a few mistakes are made by many, and many by few.
        self._common = rng.sample(assignment.mistakes, len(assignment.mistakes))
        self._weights = [1 / rank**1.5 for rank in range(1, len(self._common) + 1)]
        self._pairs = list(_separate_pairs(assignment.mistakes))

    def hand_in(self, student: str, turn: int) -> HandIn:
        """The work of the student whose turn it is: the first turns are the special ones."""
        special = {0: self._crash, 1: self._endless, 2: self._not_python, 3: self._stub, 4: self._late}
        return special.get(turn, self._drawn)(student)

    def _drawn(self, student: str) -> HandIn:
        dice = self._rng.random()
        if dice < 0.35:
            return self._written(student, ())
        if dice < 0.8 or not self._pairs:
            return self._written(student, self._rng.choices(self._common, self._weights))
        return self._written(student, self._rng.choice(self._pairs))

    def _late(self, student: str) -> HandIn:
        return self._written(student, (), days_late=self._rng.choice((1, 2, 3)))

    def _written(self, student: str, mistakes: Sequence[Mistake], days_late: int = 0) -> HandIn:
        kind = " + ".join(mistake.id for mistake in mistakes) or "reference"
        lost = {group for mistake in mistakes for group in mistake.loses}
        points = sum(group.points for group in self._assignment.groups if group.id not in lost)
        form = self._rng.choice(("module", "en", "fr"))
        slug = self._assignment.slug
        if form == "module":
            source = mistake_source(self._assignment, mistakes) if mistakes else reference_source(self._assignment)
            return self._made(student, kind, f"{slug}.py", source.encode(), points, days_late=days_late)
        language: Language = "fr" if form == "fr" else "en"
        content = completed_notebook(self._assignment, self._script, language, mistakes)
        name = f"{slug}.fr.ipynb" if form == "fr" else f"{slug}.ipynb"
        return self._made(student, f"{kind} (notebook {language})", name, content, points, days_late=days_late)

    def _stub(self, student: str) -> HandIn:
        return self._made(student, "stub", f"{self._assignment.slug}.py", stub_source(self._assignment).encode(), 0)

    def _crash(self, student: str) -> HandIn:
        source = f"import os\n\nos.abort()\n\n{reference_source(self._assignment)}"
        return self._made(student, "crash", f"{self._assignment.slug}.py", source.encode(), 0)

    def _endless(self, student: str) -> HandIn:
        source = f"{reference_source(self._assignment)}\n\nwhile True:\n    pass\n"
        return self._made(student, "endless loop", f"{self._assignment.slug}.py", source.encode(), 0)

    def _not_python(self, student: str) -> HandIn:
        content = b"Bonjour, je vous rends mon travail demain, promis !\n"
        return self._made(student, "not Python", f"{self._assignment.slug}.py", content, 0, status=Status.REJECTED)

    def _made(
        self,
        student: str,
        kind: str,
        file: str,
        content: bytes,
        points: float,
        *,
        status: Status = Status.GRADED,
        days_late: int = 0,
    ) -> HandIn:
        early_s = self._rng.randrange(600, 6 * 86400)
        late_s = (days_late - 0.5) * 86400 if days_late else -early_s
        received = (self._due + timedelta(seconds=late_s)).astimezone(UTC)
        lost = late_fraction(late_s, self._late_per_day) if self._has_due else 0.0
        score = round(points - round(points * lost, 2), 2)
        label = f"{kind}, {days_late} d late" if days_late else kind
        return HandIn(student, self._assignment.slug, label, file, content, received, score, status)


def completed_notebook(
    assignment: Assignment, script: Script, language: Language, mistakes: Sequence[Mistake] = ()
) -> bytes:
    """The released notebook with its solution cells filled in, and a cell per mistake at its end."""
    notebook = json.loads(release_notebook(assignment, script, language))
    solutions = {cell.name: cell for cell in script.of("solution")}
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if cell["cell_type"] == "code" and name in solutions:
            lines = [line for line in solutions[name].source.split("\n") if line.strip() not in (BEGIN, END)]
            cell["source"] = "\n".join(lines)
    for mistake in mistakes:
        source = mistake.file.read_text(encoding="utf-8")
        notebook["cells"].append(
            {
                "cell_type": "code",
                "execution_count": None,
                "id": f"mine-{mistake.id}".replace("_", "-")[:64],
                "metadata": {},
                "outputs": [],
                "source": source,
            }
        )
    return json.dumps(notebook).encode()


def _separate_pairs(mistakes: Sequence[Mistake]) -> list[tuple[Mistake, Mistake]]:
    """Pairs of mistakes in different functions that lose different groups: each keeps its own effect."""
    names = {mistake.id: _defines(mistake) for mistake in mistakes}
    return [
        (a, b)
        for a, b in combinations(mistakes, 2)
        if not names[a.id] & names[b.id] and not set(a.loses) & set(b.loses)
    ]


def _defines(mistake: Mistake) -> set[str]:
    tree = ast.parse(mistake.file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
