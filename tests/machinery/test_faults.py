from __future__ import annotations

import pytest

from autograder.machinery.faults import describe, limit, misbehaved, missing, not_loaded
from autograder.types import Cell, Outcome

CELLS = (Cell(0, "import os\nresult = `ls`  \n"), Cell(3, "def f(x):\n    return x[0]\n"))
NOWHERE = {"cell": None, "line": None, "detail": ""}


def _error(*names, **more):
    return {"names": list(names), **NOWHERE, **more}


def test_error_is_told_by_its_type_and_the_students_own_line():
    fault = describe(_error("IndexError", "LookupError", "Exception", cell=3, line=2), CELLS, ())
    assert (fault.outcome, fault.names[:2]) == (Outcome.CRASHED, ("IndexError", "LookupError"))
    assert fault.text.en == "your code raised IndexError in cell 3, line 2: `return x[0]`"
    assert fault.text.fr == "votre code a levé IndexError dans la cellule 3, ligne 2\u00a0: `return x[0]`"


def test_type_of_their_own_is_told_by_the_known_type_it_builds_on():
    assert describe(_error("Input417", "ValueError"), CELLS, ()).text.en == "your code raised ValueError"
    assert describe(_error("Input417"), CELLS, ()).text.en == "your code raised Exception"


@pytest.mark.parametrize(("cell", "line"), [(9, 1), (0, 0), (0, 99), (0, "1"), (None, 1), (0, True)])
def test_place_that_is_not_in_their_source_is_not_told(cell, line):
    text = describe(_error("KeyError", cell=cell, line=line), CELLS, ()).text.en
    assert text == "your code raised KeyError" or (line is True and "line 1" in text)


def test_backquotes_in_a_line_do_not_end_the_quotation():
    assert describe(_error("KeyError", cell=0, line=2), CELLS, ()).text.en.endswith(" at line 2: `result = 'ls'`")


@pytest.mark.parametrize(
    ("names", "outcome", "start"),
    [
        (("NotImplementedError", "RuntimeError"), Outcome.FAILED, "not written yet"),
        (("MemoryError",), Outcome.LIMIT, "your code asked for more memory"),
        (("_ArrayMemoryError", "MemoryError"), Outcome.LIMIT, "your code asked for more memory"),
        (("WireError",), Outcome.FAILED, "your code returned something that is not plain data"),
        (("TypeError",), Outcome.CRASHED, "your code raised TypeError outside of its own lines"),
    ],
)
def test_errors_with_a_meaning_have_words_of_their_own(names, outcome, start):
    fault = describe(_error(*names), CELLS, ())
    assert (fault.outcome, fault.text.en.startswith(start)) == (outcome, True)


def test_forbidden_name_is_told_only_when_the_assignment_forbids_it():
    told = describe(_error("Forbidden", "Exception", detail="torch.softmax"), CELLS, ("torch.softmax",))
    assert (told.outcome, "`torch.softmax`" in told.text.en) == (Outcome.FAILED, True)
    forged = describe(_error("Forbidden", "Exception", detail="input417"), CELLS, ("torch.softmax",))
    assert (forged.outcome, forged.text.en) == (Outcome.CRASHED, "your code raised Exception")


@pytest.mark.parametrize(
    "error",
    [{}, {"names": []}, {"names": None}, {"names": [417]}, {"names": ["KeyError"]}, _error("Forbidden", detail=[])],
)
def test_malformed_error_is_refused_or_harmless(error):
    try:
        assert "417" not in describe(error, CELLS, ("a.b",)).text.en
    except (KeyError, TypeError, ValueError):
        return


def test_every_limit_has_its_outcome():
    assert [limit(cause).outcome for cause in ("time", "cpu", "memory", "lost")] == [
        Outcome.LIMIT, Outcome.LIMIT, Outcome.LIMIT, Outcome.CRASHED,
    ]  # fmt: skip
    assert limit("time").is_limit and not limit("lost").is_limit


def test_every_cause_a_worker_tells_has_words():
    assert limit("disk").outcome is Outcome.LIMIT


def test_every_fault_speaks_both_languages():
    for fault in (limit("time"), limit("memory"), misbehaved(), missing("f")):
        assert fault.text.en and fault.text.fr and fault.text.en != fault.text.fr
        note = not_loaded(fault)
        assert note.en == f"While loading: {fault.text.en}" and note.fr == f"Au chargement\u00a0: {fault.text.fr}"
