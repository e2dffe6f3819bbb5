"""What a hostile student can pack: archives, folders and notebooks, made here as real files."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.adapters.course import Course, load_course

RIGHT = "def double(x):\n    return [2 * item for item in x] if isinstance(x, list) else 2 * x\n"
CANARY = "canary-5d1f-not-for-students"


@pytest.fixture
def course(mini: Path) -> Course:
    return load_course(mini)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that no hand-in may read or change."""
    file = tmp_path / "outside.txt"
    file.write_text(CANARY)
    return file


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    """`zipped({"ada/double.py": "…"}, links={"eve/double.py": "/etc/passwd"})` is an archive of these."""

    def make(files: dict[str, str | bytes], links: dict[str, str] | None = None, name: str = "class.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in files.items():
                archive.writestr(zipfile.ZipInfo(member, (2026, 11, 1, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
            for member, to in (links or {}).items():
                info = zipfile.ZipInfo(member)
                info.external_attr = 0o120777 << 16
                archive.writestr(info, to)
        return path

    return make


@pytest.fixture
def tarred(tmp_path: Path) -> Callable[..., Path]:
    """`tarred(member, …)` is a .tar.gz of tarfile members, each with its bytes or None."""

    def make(*members: tuple[tarfile.TarInfo, bytes | None], name: str = "class.tar.gz") -> Path:
        path = tmp_path / name
        with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as archive:
            for info, content in members:
                info.size = len(content or b"")
                archive.addfile(info, io.BytesIO(content or b""))
        return path

    return make


def member(name: str, type: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mtime = type, link, 1_760_000_000
    return info


def notebook(*cells: dict[str, object] | str, **metadata: object) -> str:
    """A notebook of these code cells, as JSON."""
    made = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        if isinstance(cell, str)
        else cell
        for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": made})


def everything_below(folder: Path) -> dict[str, str]:
    """Every plain file below a folder and its text; a link is shown as one."""
    return {
        path.relative_to(folder).as_posix(): "-> link" if path.is_symlink() else path.read_text(errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
