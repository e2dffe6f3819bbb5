"""Figures of lessons: drawn by `course/lessons/figures/<slug>.py` from the references, as SVG in each language.

Covers drawing, and telling whether a figure is older than what it is drawn from. Does not cover what a figure shows.

The script defines `draw(reference, say) -> matplotlib.figure.Figure`: `reference("attention")` is that assignment's
reference module, and `say("time", "temps")` picks the language.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from autograder.adapters.authoring import line_in, load_reference
from autograder.adapters.course import Course, load_assignment
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import LANGUAGES, Language

STAMP = "<!-- drawn from {} -->\n"
NAMED = re.compile(r"""\breference\(\s*["']([a-z0-9-]+)["']\s*\)""")
LOOK: dict[Any, Any] = {
    "svg.hashsalt": "autograder",
    "svg.fonttype": "path",  # a figure looks the same wherever a notebook is read
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "figure.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
}

Say = Callable[[str, str], str]


def figure_files(script: Path) -> dict[Language, Path]:
    """Where a figure's drawings stand. `rnn.py` -> `rnn.en.svg`, `rnn.fr.svg`"""
    return {language: script.with_suffix(f".{language}.svg") for language in LANGUAGES}


def is_fresh(course: Course, script: Path) -> bool:
    """Do the drawings stand, drawn from the script and the references as they are now?"""
    stamp = STAMP.format(_version(course, script)).encode()
    return all(path.is_file() and path.read_bytes().endswith(stamp) for path in figure_files(script).values())


def draw_figure(course: Course, script: Path) -> None:
    """Draws a figure in each language, in place. Raises CourseError when its script fails."""
    stamp = STAMP.format(_version(course, script)).encode()

    def reference(slug: str) -> ModuleType:
        return load_reference(load_assignment(course, slug))

    module = ModuleType(f"figure_{script.stem.replace('-', '_')}")
    module.__file__ = str(script)
    try:
        exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), module.__dict__)  # noqa: S102 - the instructor's own file
        with matplotlib.rc_context(LOOK):
            drawn = {language: _svg(module.draw(reference, _say(language))) for language in LANGUAGES}
    except CourseError:
        raise
    except Exception as error:
        what = f"the figure is not drawn: {type(error).__name__}: {error}"
        raise CourseError(
            problem(Location(shown(script), line_in(script, error)), what, "mend the script there")
        ) from error
    for language, path in figure_files(script).items():
        path.write_bytes(drawn[language] + stamp)


def _say(language: Language) -> Say:
    return lambda en, fr: fr if language == "fr" else en


def _svg(figure: object) -> bytes:
    if not isinstance(figure, Figure):
        raise TypeError(f"draw returned {type(figure).__name__}, not a Figure")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    return buffer.getvalue()


def _version(course: Course, script: Path) -> str:
    """16 hex digits of the script and of every reference it names."""
    source = script.read_bytes().replace(b"\r\n", b"\n")
    digest = hashlib.sha256(source)
    for slug in sorted(set(NAMED.findall(source.decode()))):
        digest.update(load_assignment(course, slug).version.encode())
    return digest.hexdigest()[:16]
