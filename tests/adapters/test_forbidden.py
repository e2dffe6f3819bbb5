"""Forbidden names, found in `tests/golden/forbidden/<case>/work.py` where `uses.json` says, and nowhere else."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from autograder.adapters.forbidden import MAX_USES, find_forbidden, forbidden_notes
from autograder.adapters.released import read_released
from autograder.adapters.submission import read_submission
from autograder.types import Cell
from autograder.usecases.check import check_work

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden/forbidden"
RELEASED = TESTS / "courses/mini/assignments/double"
FORBIDDEN = [
    "torch.softmax",
    "torch.Tensor.softmax",
    "torch.nn.functional.softmax",
    "torch.nn.LayerNorm",
    "tokenizers",
    "sorted",
]


@pytest.mark.parametrize("folder", sorted(path.parent for path in GOLDEN.glob("*/work.py")), ids=lambda path: path.name)
def test_uses_are_found_in_their_lines_and_nowhere_else(folder):
    found = find_forbidden([Cell(0, (folder / "work.py").read_text())], FORBIDDEN)
    assert [[use.line, use.name] for use in found] == json.loads((folder / "uses.json").read_text())


def test_names_of_one_cell_are_known_in_the_next():
    cells = [Cell(2, "import torch as t"), Cell(5, "def f(:"), Cell(7, "\nt.softmax(1)")]
    assert [(use.cell, use.line, use.name) for use in find_forbidden(cells, FORBIDDEN)] == [(7, 2, "torch.softmax")]


def test_function_sees_the_names_of_later_cells():
    cells = [Cell(1, "def f(x):\n    return softmax(x)"), Cell(2, "from torch import softmax")]
    assert [(use.cell, use.line) for use in find_forbidden(cells, FORBIDDEN)] == [(1, 2)]


def test_hostile_source_is_read_in_bounded_time():
    wide = "import torch\n" + "a = torch.softmax if a else torch\n" * 6000
    deep = "x" + ".a" * 900 + "\n" + "lambda: " * 90 + "0\n"
    start = time.process_time()
    assert len(find_forbidden([Cell(1, wide), Cell(2, deep * 20)], FORBIDDEN)) == 6000
    assert time.process_time() - start < 5


def test_notes_name_place_and_call_in_both_languages_and_are_not_many():
    uses = find_forbidden([Cell(3, "import torch\n" + "torch.softmax(1)\n" * 20)], FORBIDDEN)
    notes = forbidden_notes(uses)
    assert len(notes) == MAX_USES
    assert notes[0].en.startswith(
        "Cell 3, line 2: your code uses `torch.softmax`, which this assignment does not allow"
    )
    assert notes[0].fr.startswith("Cellule 3, ligne 2\u00a0: votre code utilise `torch.softmax`, que cet exercice")


def test_reading_a_hand_in_notes_the_use_and_refuses_nothing(tmp_path):
    (tmp_path / "double.py").write_text("import operator\n\n\ndef double(x):\n    return operator.mul(2, x)\n")
    submission = read_submission(tmp_path, read_released(RELEASED), RELEASED, "ada")
    assert submission.problem is None
    assert [note.en[:40] for note in submission.notes] == ["Line 5: your code uses `operator.mul`, w"]


def test_check_tells_the_student_at_once(mini):
    file = mini / "assignments/double/double.py"
    source = file.read_text().replace("raise NotImplementedError", "return operator.mul(x, 2)")
    file.write_text("import operator\n" + source)
    notes = check_work(file, "fr").notes
    assert any("votre code utilise `operator.mul`" in note.fr for note in notes)
