"""The notebooks of capstones, completed with the reference, run from the first cell to the last as a student would."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.adapters.authoring import read_script
from autograder.adapters.course import load_assignment, load_course
from autograder.usecases.simulated_class import completed_notebook

ROOT = Path(__file__).parent.parent


def executed(slug: str, folder: Path, changes: Mapping[str, str]) -> tuple[int, str]:
    """How many figures the completed notebook draws, and what it prints, with `changes`, old to new, in its code."""
    capstone = load_assignment(load_course(ROOT), slug)
    place = shutil.copytree(ROOT / "assignments" / slug, folder / slug)
    content = completed_notebook(capstone, read_script(capstone), "en", ())
    (place / f"{slug}.ipynb").write_bytes(content)
    made = nbformat.reads(content.decode(), as_version=4)
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    for old, new in changes.items():
        assert any(old in cell.source for cell in code)
        for cell in code:
            cell.source = cell.source.replace(old, new)
    NotebookClient(made, timeout=170, resources={"metadata": {"path": str(place)}}).execute()
    outputs = [output for cell in code for output in cell.outputs]
    figures = [output for output in outputs if "image/png" in output.get("data", {})]
    return len(figures), "".join(output.text for output in outputs if output.output_type == "stream")


@pytest.mark.slow
def test_capstone_of_module_2_classifies_writes_converses_and_adapts_with_a_model_of_a_local_folder(
    tiny_gpt2: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts 2 and 3 run on the folder's model, whose answers are of its own; part 4 trains the tiny GPT, as always."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    figures, said = executed(
        "capstone-m2", tmp_path, {"MODEL = None": f"MODEL = {str(tiny_gpt2)!r}", "steps=500": "steps=40"}
    )
    assert figures == 3
    assert "not afraid but angry : this is how i was  ->  anger" in said
    assert "The Fox, with flattery." not in said and "What did it lose? <end><system> Sing.<|end|>" in said
    assert "base unchanged / base inchangée: True" in said


@pytest.mark.slow
def test_capstone_of_module_1_translates(tmp_path: Path) -> None:
    figures, said = executed("capstone-m1", tmp_path, {})
    assert figures >= 2
    # The best of the models that were trained translates most sentences without a fault.
    assert max(int(share) for share in re.findall(r"(\d+)% without a fault", said)) >= 75
