"""What nbgrader calls when it autogrades a course of ours: its settings name these classes.

Covers grading a batch once in the sandboxed engine, the notebook nbgrader keeps, and writing points. A hand-in is read
as text: nothing of it is executed in nbgrader's process. Does not cover feedback, which nbgrader
makes from that notebook.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.plugins.base import BasePlugin
from nbgrader.preprocessors.base import NbGraderPreprocessor
from traitlets import Integer, Unicode

from autograder.adapters.course import load_course
from autograder.adapters.nbgrader.book import late_penalty, record
from autograder.adapters.nbgrader.graded_notebook import with_grade
from autograder.adapters.nbgrader.layout import Layout
from autograder.errors import PlatformError
from autograder.types import Grade
from autograder.usecases.nbgrader_batch import Batch, grade_batch


class SubmissionExporter(NotebookExporter):
    """Reads hand-ins for nbgrader: the notebook is rebuilt from what was released and what was handed in.

    One exporter serves one run of `nbgrader autograde`, so its grades are those of the batch.
    """

    parent: Any  # nbgrader's app
    course = Unicode(help="The folder of the course that holds solutions/.").tag(config=True)
    language = Unicode("en", help="Language of feedback: en or fr.").tag(config=True)
    gradebook = Unicode(help="Our own gradebook; .autograder/gradebook.db of the course if empty.").tag(config=True)
    isolation = Unicode("auto", help="auto, 1, 2 or 3.").tag(config=True)
    workers = Integer(os.cpu_count() or 1, help="Grading processes.").tag(config=True)

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """nbgrader's first pass reads the hand-in, its second what the first has written."""
        path, said = Path(filename), resources["nbgrader"]
        folder = self.layout.submitted(said["student"], said["assignment"])
        if path.absolute().parent != folder.absolute():
            return super().from_filename(filename, resources=resources, **kw)
        notebook = self.batch(said["assignment"]).notebook(said["student"])
        usual: Any = super()
        return usual.from_notebook_node(notebook, resources=resources, **kw)

    @cached_property
    def layout(self) -> Layout:
        return Layout(Path(self.parent.coursedir.root))

    def batch(self, slug: str) -> Batch:
        """The grades of every hand-in that this run is about, given on first use."""
        if slug not in self._batches:
            students = sorted({Path(folder).parent.name for folder in self.parent.assignments})
            self._batches[slug] = grade_batch(
                self.layout, Path(self.course), slug, students, self.gradebook, self.isolation, self.workers
            )
        return self._batches[slug]

    @cached_property
    def _batches(self) -> dict[str, Batch]:
        return {}


class GradeInSandbox(NbGraderPreprocessor):
    """In the place of `Execute`: shows each group's result under its check."""

    parent: Any  # the exporter

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        grade = _grade(self.parent, resources)
        return with_grade(nb, grade, self.parent.language), resources


class SaveGrades(NbGraderPreprocessor):
    """In the place of `SaveAutoGrades`: the points of the grade itself, whatever a cell shows."""

    parent: Any  # the exporter

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        grade = _grade(self.parent, resources)
        with Gradebook(resources["nbgrader"]["db_url"]) as book:
            record(book, grade, nb, self.parent.language)
        return nb, resources


class LatePenalty(BasePlugin):
    """The course's own rule, on the lateness that nbgrader counts: its extensions are taken in."""

    parent: Any  # the preprocessor

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        exporter = self.parent.parent
        return late_penalty(score, total_seconds_late, load_course(Path(exporter.course)).late_penalty_per_day)


def _grade(exporter: Any, resources: Any) -> Grade:
    said = resources["nbgrader"]
    if not isinstance(exporter, SubmissionExporter):
        raise PlatformError("c.Autograde.exporter_class is not ours: set it as `autograder nbgrader setup` wrote it")
    return exporter.batch(said["assignment"]).grade(said["student"])
