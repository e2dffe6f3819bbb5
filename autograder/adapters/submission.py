"""What a student handed in for an assignment, read without running any of it.

Covers the choice of the file among several, notebooks and modules, and syntax. Whatever is wrong becomes
`Submission.problem` (the work cannot be taken) or a note. Does not cover where submissions lie (`collect`),
when they came in (`received`), nor receipts.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.forbidden import find_forbidden, forbidden_notes
from autograder.adapters.handout import NO_HANDOUT, Handout, fingerprint, is_check, is_try, read_handout
from autograder.adapters.notebook import (
    NotebookCell,
    SyntaxProblem,
    read_cells,
    syntax_problem,
    without_magics,
)
from autograder.adapters.received import when_received
from autograder.adapters.released import CHECKS_FILE
from autograder.adapters.round_trip import definitions, notes_on_cells
from autograder.adapters.stand_in import STAND_IN, WORK_SUFFIXES
from autograder.adapters.untrusted_file import MAX_BYTES, MAX_NOTEBOOK_BYTES, Unreadable, as_text, empty, read_regular
from autograder.adapters.unusual import pointers
from autograder.types import Assignment, Cell, Submission, Text

# Python's own parser takes minutes and gigabytes for a hostile megabyte; a whole lab is a tenth of this.
MAX_CODE_BYTES = 256 * 1024
NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Work:
    """One file that may be the student's: its bytes, the code that counts, or why there is none."""

    path: Path
    content: bytes
    cells: tuple[Cell, ...] = ()
    notes: tuple[Text, ...] = ()
    problem: Text | None = None
    untouched: bool = False


def read_submission(
    folder: Path,
    assignment: Assignment,
    release_dir: Path | None,
    student: str,
    received_at: datetime | None = None,
) -> Submission:
    """The student's work in `folder`, compared with what was released in `release_dir`.

    The work is `<slug>.py`, `<slug>.ipynb` or `<slug>.fr.ipynb`, else the only other module or notebook.
    Released files that were left as they were stand back behind one that was worked on.
    """
    handout = NO_HANDOUT if release_dir is None else read_handout(release_dir)
    works = [_read(path, assignment, handout) for path in _candidates(folder, assignment.slug)]
    works = [work for work in works if work.content != STAND_IN]
    if all(work.untouched for work in works):
        works += [_read(path, assignment, handout) for path in _others(folder, assignment.slug)]
    chosen = [work for work in works if not work.untouched] or works[:1]
    if len(chosen) == 1:
        submission = _submission(chosen[0], assignment, student)
    else:
        names = [work.path.name for work in chosen]
        digest = hashlib.sha256(b"".join(hashlib.sha256(work.content).digest() for work in chosen)).hexdigest()
        problem = _several(names) if names else _none(assignment.slug)
        submission = Submission(student, assignment.slug, NEVER, "", (), digest, problem=problem)
    if received_at is not None:
        return replace(submission, received_at=received_at)
    moment, odd, unusual = when_received(folder, [work.path for work in chosen])
    return replace(submission, received_at=moment, notes=submission.notes + odd, unusual=submission.unusual + unusual)


def read_file(
    path: Path, assignment: Assignment, release_dir: Path | None, student: str, received_at: datetime
) -> Submission:
    """The student's work in one file that they name themselves; what else lies beside it does not count."""
    handout = NO_HANDOUT if release_dir is None else read_handout(release_dir)
    return replace(_submission(_read(path, assignment, handout), assignment, student), received_at=received_at)


def _submission(work: Work, assignment: Assignment, student: str) -> Submission:
    digest = hashlib.sha256(work.content).hexdigest()
    renamed = () if work.path.name in _names(assignment.slug) else (_renamed(work.path.name, assignment.slug),)
    notes = renamed + work.notes + forbidden_notes(find_forbidden(work.cells, assignment.forbidden))
    return Submission(
        student, assignment.slug, NEVER, work.path.name, work.cells, digest, notes, work.problem, pointers(work.cells)
    )


def _candidates(folder: Path, slug: str) -> list[Path]:
    return [path for path in _entries(folder) if path.name in _names(slug)]


def _names(slug: str) -> tuple[str, str, str]:
    """The names under which an assignment is handed out."""
    return f"{slug}.py", f"{slug}.ipynb", f"{slug}.fr.ipynb"


def _others(folder: Path, slug: str) -> list[Path]:
    """Modules and notebooks of another name, such as `attention (1).ipynb`."""
    named = _candidates(folder, slug)
    return [
        path
        for path in _entries(folder)
        if path.suffix.lower() in WORK_SUFFIXES
        and path not in named
        and path.name != CHECKS_FILE
        and not path.name.startswith(".")
    ]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder / entry.name for entry in os.scandir(folder) if _is_unicode(entry.name))
    except OSError:
        return []


def _is_unicode(name: str) -> bool:
    """Can the name be written to a page or a database? Linux allows names that cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(path: Path, assignment: Assignment, handout: Handout) -> Work:
    is_notebook = path.suffix.lower() == ".ipynb"
    try:
        content = read_regular(path, MAX_NOTEBOOK_BYTES if is_notebook else MAX_BYTES)
    except Unreadable as error:
        return Work(path, b"", problem=error.text)
    try:
        return _notebook(path, content, assignment, handout) if is_notebook else _module(path, content, handout)
    except Unreadable as error:
        return Work(path, content, problem=error.text, untouched=not content.strip())


def _module(path: Path, content: bytes, handout: Handout) -> Work:
    source = as_text(content, path.name)
    if not source.strip():
        raise empty(path.name)
    if len(content) > MAX_CODE_BYTES:
        raise _too_much_code(path.name)
    wrong = syntax_problem(source)
    if wrong is not None:
        raise Unreadable(
            Text(
                f"{path.name}, line {wrong.line}: Python cannot read it ({wrong.message}). "
                "Mend that line and hand the file in again.",
                f"{path.name}, ligne {wrong.line} : Python ne peut pas le lire ({wrong.message}). "
                "Corrigez cette ligne et rendez le fichier à nouveau.",
            )
        )
    return Work(path, content, (Cell(0, source),), untouched=fingerprint(source) == handout.module)


def _notebook(path: Path, content: bytes, assignment: Assignment, handout: Handout) -> Work:
    cells_as_they_stand = read_cells(content, path.name)
    counted: list[NotebookCell] = []
    notes: list[Text] = []
    for cell in cells_as_they_stand:
        if cell.kind != "code":
            continue
        if is_check(cell, handout):
            # Merged with a cell of work, it holds work.
            if definitions(cell.source).intersection(assignment.requires):
                counted.append(cell)
                notes.append(_check_note(cell.number))
        elif not is_try(cell, handout):
            counted.append(cell)
        elif fingerprint(cell.source) not in handout.tries and _defines(cell.source):
            notes.append(_try_note(cell.number))
    if sum(len(cell.source.encode("utf-8", "replace")) for cell in counted) > MAX_CODE_BYTES:
        raise _too_much_code(path.name)
    notes += notes_on_cells(cells_as_they_stand, counted, assignment.requires, handout)
    cells: list[Cell] = []
    for cell in counted:
        source, wrong = without_magics(cell.source)
        if wrong is not None:
            notes.append(_cell_note(cell.number, wrong))
        elif source.strip():
            cells.append(Cell(cell.number, source))
    untouched = bool(handout.code) and all(fingerprint(cell.source) in handout.code for cell in counted)
    return Work(path, content, tuple(cells), tuple(notes), untouched=untouched)


def _defines(source: str) -> bool:
    """Does a cell to try things in hold a function or a class, which the student may count on?"""
    if len(source) > MAX_CODE_BYTES:
        return False
    return any(line.startswith(("def ", "class ", "async def ")) for line in source.splitlines())


def _several(names: list[str]) -> Text:
    listed = ", ".join(names)
    return Text(
        f"Several files hold work of yours: {listed}. Keep the one that counts, remove the others and hand in again.",
        f"Plusieurs fichiers contiennent votre travail : {listed}. Gardez celui qui compte, retirez les autres "
        "et rendez à nouveau.",
    )


def _none(slug: str) -> Text:
    return Text(
        f"There is nothing to grade: neither {slug}.ipynb nor {slug}.fr.ipynb nor {slug}.py. Hand in one of them.",
        f"Il n'y a rien à noter : ni {slug}.ipynb, ni {slug}.fr.ipynb, ni {slug}.py. Rendez l'un d'eux.",
    )


def _too_much_code(name: str) -> Unreadable:
    size = MAX_CODE_BYTES // 1024
    return Unreadable(
        Text(
            f"{name} holds more than {size} KiB of code. Remove what is not needed, such as data, "
            "and hand it in again.",
            f"{name} contient plus de {size} Kio de code. Retirez ce qui ne sert pas, des données par exemple, "
            "et rendez-le à nouveau.",
        )
    )


def _cell_note(number: int, wrong: SyntaxProblem) -> Text:
    return Text(
        f"Cell {number}, line {wrong.line}: Python cannot read it ({wrong.message}). The cell is left out, "
        "the others count.",
        f"Cellule {number}, ligne {wrong.line} : Python ne peut pas la lire ({wrong.message}). La cellule est laissée "
        "de côté, les autres comptent.",
    )


def _renamed(name: str, slug: str) -> Text:
    return Text(
        f"{name} is taken as your work, though it was handed out as {slug}.ipynb or {slug}.py. "
        "Keep that name next time.",
        f"{name} est pris comme votre travail, alors qu'il a été distribué sous le nom {slug}.ipynb ou {slug}.py. "
        "Gardez ce nom la prochaine fois.",
    )


def _check_note(number: int) -> Text:
    return Text(
        f"Cell {number} is a check that now holds work of yours: the cell counts as work, and the check in it grades "
        "nothing.",
        f"La cellule {number} est une vérification qui contient maintenant votre travail : elle compte comme travail, "
        "et la vérification qu'elle contient ne note rien.",
    )


def _try_note(number: int) -> Text:
    return Text(
        f"Cell {number} is a cell to try things in: what it defines is not graded. "
        "Move what your functions need to a cell above.",
        f"La cellule {number} sert aux essais : ce qu'elle définit n'est pas noté. "
        "Déplacez ce dont vos fonctions ont besoin dans une cellule plus haut.",
    )
