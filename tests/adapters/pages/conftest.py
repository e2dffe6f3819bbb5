"""A real browser for what only a browser can show."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def chromium():
    """Chromium without a window, driven by Playwright; closed after the module, for its loop would disturb others."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
