"""The notebooks of capstones, completed with the reference, run from the first cell to the last as a student would."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.adapters.authoring import read_script
from autograder.adapters.course import load_assignment, load_course
from autograder.usecases.simulated_class import completed_notebook

ROOT = Path(__file__).parent.parent
COURSE = load_course(ROOT)
CAPSTONES = [
    each for each in (load_assignment(COURSE, each.slug) for each in COURSE.assignments) if each.kind == "capstone"
]


@pytest.mark.slow
@pytest.mark.parametrize("capstone", CAPSTONES, ids=lambda each: each.slug)
def test_completed_notebook_trains_to_the_end_and_draws_its_figures(capstone, tmp_path):
    folder = shutil.copytree(ROOT / "assignments" / capstone.slug, tmp_path / capstone.slug)
    content = completed_notebook(capstone, read_script(capstone), "en", ())
    (folder / f"{capstone.slug}.ipynb").write_bytes(content)
    made = nbformat.reads(content.decode(), as_version=4)
    NotebookClient(made, timeout=170, resources={"metadata": {"path": str(folder)}}).execute()
    outputs = [output for cell in made.cells if cell.cell_type == "code" for output in cell.outputs]
    figures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(figures) >= 2
    said = "".join(output.text for output in outputs if output.output_type == "stream")
    # The best of the models that were trained translates most sentences without a fault.
    assert max(int(share) for share in re.findall(r"(\d+)% without a fault", said)) >= 75
