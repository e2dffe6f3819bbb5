"""Where things lie in an nbgrader course directory, and the settings that make it one of ours.

Covers the folder of each step and `nbgrader_config.py`. Does not cover what is in the notebooks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.adapters.course import Course
from autograder.adapters.script import STUB
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import Language

CONFIG = "nbgrader_config.py"
STEPS = "autograder.entry.nbgrader_steps"
_COURSE_LINE = re.compile(r'^c\.SubmissionExporter\.course = "(.*)"$', re.MULTILINE)
# nbgrader's names for the folders of a course.
SOURCE, RELEASE, SUBMITTED, AUTOGRADED = "source", "release", "submitted", "autograded"


@dataclass(frozen=True)
class Layout:
    """An nbgrader course directory. `Layout(Path("nb")).submitted("ada", "bpe") -> nb/submitted/ada/bpe`"""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / CONFIG

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.root.absolute() / 'gradebook.db'}"

    @property
    def is_ours(self) -> bool:
        """Was it made by `autograder nbgrader setup`?"""
        try:
            return STEPS in self.config.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return False

    def source(self, slug: str) -> Path:
        return self.root / SOURCE / slug

    def released(self, slug: str) -> Path:
        return self.root / RELEASE / slug / f"{slug}.ipynb"

    def submitted(self, student: str, slug: str) -> Path:
        return self.root / SUBMITTED / student / slug

    def autograded(self, student: str, slug: str) -> Path:
        return self.root / AUTOGRADED / student / slug


def layout_of(submitted: Path, named: Path | None) -> Layout | None:
    """The nbgrader course that grades go into: the one named, else that in which `submitted` lies, if it is ours.

    Raises CourseError when the one named is none of ours.
    """
    if named is None:
        beside = Layout(submitted.absolute().parent)
        return beside if submitted.name == SUBMITTED and beside.is_ours else None
    layout = Layout(named)
    if not layout.is_ours:
        what = f"no {CONFIG} of ours is there"
        raise CourseError(problem(Location(shown(named)), what, f"make it one: autograder nbgrader setup {named}"))
    return layout


def config_text(course: Course, exchange: Path, language: Language) -> str:
    """`nbgrader_config.py`: plain settings, for the instructor to read and to add to."""
    return f'''"""nbgrader's settings for {course.id}, written by `autograder nbgrader setup`.

Add your own lines at the end."""

from pathlib import Path

from autograder.adapters.stand_in import stand_in

c = get_config()
HERE = Path(__file__).resolve().parent

c.CourseDirectory.root = str(HERE)
c.CourseDirectory.course_id = "{course.id}"
c.Exchange.root = {_place(exchange)}
c.ClearSolutions.code_stub = {{"python": {chr(10).join(STUB)!r}}}

# The same engine as `autograder grade`: student code runs in its sandbox, never here and never in a kernel.
c.SubmissionExporter.course = "{course.root.absolute().as_posix()}"
c.SubmissionExporter.language = "{language}"
c.Autograde.exporter_class = "{STEPS}.SubmissionExporter"
c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.CheckCellMetadata"]
c.Autograde.autograde_preprocessors = [
    "{STEPS}.GradeInSandbox",  # in the place of Execute
    "{STEPS}.SaveGrades",  # SaveAutoGrades, from the grade itself and not from what a cell printed
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.AssignLatePenalties.plugin_class = "{STEPS}.LatePenalty"

# nbgrader sees a hand-in by a notebook of the assignment's name; where work came in as another file, one stands in.
stand_in(HERE / "{SUBMITTED}", {[each.slug for each in course.assignments]!r})
'''


def _place(exchange: Path) -> str:
    return f'"{exchange.absolute().as_posix()}"'


def course_root(layout: Layout) -> Path:
    """The course whose solutions grade this nbgrader course, as its settings name it."""
    found = _COURSE_LINE.search(layout.config.read_text(encoding="utf-8"))
    if found is None:
        what = "c.SubmissionExporter.course is not set to a course"
        raise CourseError(problem(Location(shown(layout.config)), what, "set it to the folder of your course"))
    return Path(found[1])
