"""What the tests of each kind of source share: a source folder, files put into it, and its reading."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.adapters.deliveries.delivery import Delivery, Kind, Reading

SLUGS = ("attention", "double")
AT = 1_790_000_000  # 2026-09-21 14:13:20 UTC


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An empty folder, to be filled as a system would."""
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


@pytest.fixture
def put(source: Path) -> Callable[..., Path]:
    """Writes a file of the source, with a date that is known."""

    def write(name: str, text: str = "x = 1\n", at: int = AT) -> Path:
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (at, at))
        return path

    return write


@pytest.fixture
def read(source: Path, tmp_path: Path) -> Callable[..., tuple[list[Delivery], list[str]]]:
    """What a kind reads in the source, and what it tells of it."""

    def deliveries(kind: Kind, direct: bool = True) -> tuple[list[Delivery], list[str]]:
        assert kind.recognises(source, SLUGS)
        (tmp_path / "room").mkdir(exist_ok=True)
        reading = Reading(source, SLUGS, tmp_path / "room", direct)
        return list(kind.read(reading)), reading.told

    return deliveries
