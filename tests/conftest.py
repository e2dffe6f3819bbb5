"""What several test modules share: the mini course, copied so that a test may change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

MINI = Path(__file__).parent / "courses" / "mini"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the mini course: one assignment, `double`, of two groups and one known mistake."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))
