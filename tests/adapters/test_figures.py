"""Figures of lessons: drawn in each language, and known to be fresh or not."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.figures import draw_figure, figure_files, is_fresh
from autograder.errors import CourseError

DRAWING = """\
from matplotlib.figure import Figure


def draw(reference, say):
    figure = Figure(figsize=(3, 2))
    axes = figure.subplots()
    axes.bar([0], [reference("double").double(2)])
    axes.set_xlabel(say("key", "clé"))
    return figure
"""


@pytest.fixture
def script(mini: Path) -> Path:
    path = mini / "course/lessons/figures/twice.py"
    path.parent.mkdir(parents=True)
    path.write_text(DRAWING)
    return path


def test_figure_is_drawn_in_each_language_and_reads_as_xml(mini, script):
    draw_figure(load_course(mini), script)
    drawings = {language: path.read_bytes() for language, path in figure_files(script).items()}
    assert set(drawings) == {"en", "fr"}
    assert drawings["en"] != drawings["fr"]
    assert {ElementTree.fromstring(each).tag for each in drawings.values()} == {"{http://www.w3.org/2000/svg}svg"}


def test_figure_is_fresh_until_its_script_or_its_reference_changes(mini, script):
    course = load_course(mini)
    assert not is_fresh(course, script)
    draw_figure(course, script)
    assert is_fresh(course, script)
    script.write_text(DRAWING.replace("(3, 2)", "(4, 2)"))
    assert not is_fresh(course, script)
    draw_figure(course, script)
    suite = mini / "solutions/double/double.py"
    suite.write_text(suite.read_text() + "\n# changed\n")
    assert not is_fresh(course, script)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            DRAWING.replace("figure.subplots()", "figure.subplot()"),
            r"twice.py:6: the figure is not drawn: AttributeError",
        ),
        ("def draw(reference, say):\n    return 3\n", "draw returned int, not a Figure"),
        ("x = 1\n", "has no attribute 'draw'"),
    ],
)
def test_failing_script_is_named_with_its_line(mini, script, source, told):
    script.write_text(source)
    with pytest.raises(CourseError, match=told):
        draw_figure(load_course(mini), script)
