"""What several test modules share: the mini course, copied so that a test may change it, and a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

MINI = Path(__file__).parent / "courses" / "mini"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the mini course: one assignment, `double`, of two groups and one known mistake."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture(scope="module")
def chromium():
    """Chromium without a window, driven by Playwright; closed after the module, for its loop would disturb others."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
