"""The fuzz targets take what they are given first, and the fuzzer sees what goes wrong."""

from __future__ import annotations

import random

import pytest

from fuzz import __main__ as fuzzer
from fuzz.seeds import seeds
from fuzz.targets import TARGETS


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_target_takes_its_seeds_and_a_hundred_changes_of_them(name):
    chance = random.Random(name)
    for data in [*seeds(name), *(fuzzer._changed(chance, seeds(name)) for _ in range(100)), b"", b"\0", b"\xff" * 999]:
        TARGETS[name](data)


def test_exception_is_a_finding_whose_input_is_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(fuzzer, "KEPT", tmp_path)
    monkeypatch.setitem(TARGETS, "date", lambda data: 1 / (len(data) - len(data)))
    with pytest.raises(ZeroDivisionError):
        fuzzer.run_one("date", 5.0, guided=False)
    assert (tmp_path / "date-crash").exists()


def test_memory_that_grows_is_a_finding(monkeypatch, tmp_path):
    monkeypatch.setattr(fuzzer, "KEPT", tmp_path)
    monkeypatch.setattr(fuzzer, "GROWTH_MIB", 40)
    held: list[bytearray] = []
    monkeypatch.setitem(TARGETS, "date", lambda data: held.append(bytearray(b"x" * 2**20)) if len(held) < 900 else None)
    with pytest.raises(MemoryError, match="grew by"):
        fuzzer.run_one("date", 20.0, guided=False)
    assert (tmp_path / "date-memory").exists()
