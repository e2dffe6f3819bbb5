"""The kinds of sources that are known, and which of them a folder is.

Covers recognition by structure alone, with one folder around everything, as archives often have. Never guesses: what
looks like two kinds, or like none, is for a person to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.adapters.deliveries import canvas, classroom, dropped, exchange, folders, gradescope, moodle
from autograder.adapters.deliveries.delivery import Kind, entries, is_folder
from autograder.errors import CourseError, Location, SubmissionError, problem

KINDS: dict[str, Kind] = {
    each.KIND.id: each.KIND for each in (folders, dropped, exchange, moodle, canvas, gradescope, classroom)
}


def kind_of(source: Path, folder: Path, slugs: Sequence[str], said: str = "") -> tuple[Kind, Path]:
    """The kind of a source, and the folder in it that is of that kind. `said` is the kind that a person names.

    `source` is what messages speak of: the folder, or the archive that was unpacked into it. Raises CourseError for a
    kind that there is none of, SubmissionError when the folder is of no kind, of several, or not of the one named.
    """
    if said and said not in KINDS:
        raise CourseError(f"--from {said} is not one of {', '.join(KINDS)}. Remedy: write one of these.")
    wanted = [KINDS[said]] if said else list(KINDS.values())
    for place in (folder, *_only_folder(folder)):
        found = [kind for kind in wanted if kind.recognises(place, slugs)]
        if len(found) > 1:
            # A clone named after the assignment also looks like a student's folder; `.git` tells them apart.
            found = [kind for kind in found if kind is not folders.KIND]
        if len(found) == 1:
            return found[0], place
        if found:
            what = f"this looks like {' and like '.join(each.title for each in found)}"
            remedy = f"say which: {' or '.join(f'--from {each.id}' for each in found)}"
            raise SubmissionError(problem(Location(str(source)), what, remedy))
    if said:
        what, remedy = f"this is not {KINDS[said].title}", "name the folder or archive as it was downloaded"
        raise SubmissionError(problem(Location(str(source)), what, remedy))
    remedy = "arrange it as <student>/<assignment>/, <student>/<assignment>.ipynb or <assignment>/<student>.ipynb"
    raise SubmissionError(problem(Location(str(source)), "no work found for any assignment", remedy))


def _only_folder(folder: Path) -> list[Path]:
    inside = entries(folder)
    return inside if len(inside) == 1 and is_folder(inside[0]) else []
