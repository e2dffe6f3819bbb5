"""The whole cycle by mouse in a real JupyterLab with nbgrader's extensions, in headless Chromium.

Covers the student (fetch, work, check, validate, submit, read feedback) and the instructor (collect, autograde one,
look at it, give and release feedback). `make test-browser` keeps a picture of each step in build/browser/.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from .conftest import BIN, MINI, Desk, gradebook

pytestmark = pytest.mark.slow

TOKEN = "lab"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
PICTURES = Path(os.environ.get("AUTOGRADER_PICTURES", ""))
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
HALF = "def double(x):\n    return 2 * x"
PATIENCE_MS = 30_000  # a kernel starts on a busy machine
DONE_IN_S = 120


@pytest.fixture(scope="module")
def lab(desk: Desk) -> Iterator[str]:
    """A JupyterLab on the demo of the mini course; its address."""
    shutil.copytree(MINI, desk.course)
    desk.run("autograder", "nbgrader", "demo", "--out", str(desk.root / "lab"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = desk.root / "home"
    environment = {**desk.environment(), "JUPYTER_CONFIG_DIR": str(desk.root / "lab" / "jupyter")}
    environment |= {"JUPYTER_RUNTIME_DIR": str(home / "run"), "IPYTHONDIR": str(home / "ipython")}
    argv = [str(BIN / "jupyter"), "lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    argv += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"]
    with (desk.root / "lab.log").open("w") as log:
        server = subprocess.Popen(argv, cwd=desk.root / "lab", env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api?token={TOKEN}", server)
            yield address
        finally:
            server.terminate()
            server.wait(DONE_IN_S)


@pytest.fixture(scope="module")
def page(lab: str) -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        opened = browser.new_page(viewport={"width": 1400, "height": 1000})
        opened.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        opened.goto(f"{lab}/lab?token={TOKEN}")
        opened.wait_for_selector("#jp-main-dock-panel")
        yield opened
        browser.close()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + DONE_IN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not start")


def _picture(page: Page, name: str) -> None:
    if PICTURES.name:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")


def _command(page: Page, text: str) -> None:
    """A command of JupyterLab, by its palette."""
    palette = page.locator(".lm-CommandPalette-input")
    _until(lambda: _pressed(page, palette))
    palette.fill(text)
    expect(page.locator(".lm-CommandPalette-item.lm-mod-active")).to_contain_text(text)
    page.keyboard.press("Enter")


def _pressed(page: Page, palette: Locator) -> bool:
    """Asks for the palette; JupyterLab does not hear keys until its extensions are there."""
    page.keyboard.press("Control+Shift+C")
    page.wait_for_timeout(1000)
    return palette.is_visible()


def test_student_and_instructor_go_through_the_cycle(page: Page, lab: str, desk: Desk):
    root = desk.root / "lab"
    _fetch(page)
    fetched = root / "double"
    assert (fetched / "double.ipynb").is_file() and (fetched / "checks.py").is_file()

    _work_and_check(page, fetched)
    _validate(page)
    _submit(page)
    assert len(list((root / "exchange" / "mini" / "inbound").iterdir())) == 1

    page.goto(f"{lab}/formgrader?token={TOKEN}")
    _collect_and_autograde(page, lab)
    rows = {row.cell: (row.auto, row.needs_manual) for row in gradebook(root / "course")}
    assert rows == {"check-numbers": (3.0, 0), "check-lists": (0.0, 0)}
    _look_at_the_work(page, lab)
    _give_feedback(page, lab)

    page.goto(f"{lab}/lab?token={TOKEN}")
    _read_feedback(page, root)


def _fetch(page: Page) -> None:
    _command(page, "Assignment List")
    expect(page.locator("#released_assignments_list")).to_contain_text("double")
    _picture(page, "1-released")
    page.locator("#released_assignments_list button", has_text="Fetch").first.click()
    expect(page.locator("#fetched_assignments_list")).to_contain_text("double")
    _picture(page, "2-fetched")


def _work_and_check(page: Page, fetched: Path) -> None:
    """Opens the notebook, writes half of the work, runs all cells, and reads the table of `autograder.check()`."""
    page.keyboard.press("Escape")
    page.locator('.jp-DirListing-item[title*="Name: double"]').first.dblclick()
    page.locator('.jp-DirListing-item[title*="double.ipynb"]').first.dblclick()
    notebook = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    notebook.wait_for()
    cell = notebook.locator(".jp-CodeCell", has_text="YOUR CODE HERE")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(HALF)
    _command(page, "Run All Cells")
    table = notebook.locator(".autograder-check table")
    # A check that fails stops the run before the last cell; the student runs it by itself.
    last = notebook.locator(".jp-CodeCell", has_text="autograder.check()")
    expect(notebook.locator(".jp-CodeCell", has_text="same(double([1, 2])")).to_contain_text("Mismatch")
    last.scroll_into_view_if_needed()
    last.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(table).to_contain_text("Is every item doubled")
    expect(notebook.locator(".autograder-check")).to_contain_text("Public checks passed: 1 of 2")
    table.scroll_into_view_if_needed()
    _picture(page, "3-checked")
    page.keyboard.press("Control+S")
    _until(lambda: HALF in _cell(fetched / "double.ipynb", "double"))


def _validate(page: Page) -> None:
    page.locator(".jp-NotebookPanel-toolbar >> text=Validate").first.click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("failed", ignore_case=True)
    _picture(page, "4-validated")
    dialog.locator("button").last.click()
    expect(dialog).to_have_count(0)


def _submit(page: Page) -> None:
    _command(page, "Assignment List")
    page.locator("#fetched_assignments_list button", has_text="Submit").first.click()
    expect(page.locator("#submitted_assignments_list")).to_contain_text("double")
    _picture(page, "5-submitted")


def _collect_and_autograde(page: Page, lab: str) -> None:
    page.goto(f"{lab}/formgrader/manage_assignments?token={TOKEN}")
    expect(page.locator("td.name", has_text="double")).to_be_visible()
    _picture(page, "6-formgrader")
    page.locator("td.collect a").first.click()
    _close_dialog(page)
    page.goto(f"{lab}/formgrader/manage_submissions/double?token={TOKEN}")
    page.locator("td.autograde a").first.click()
    _close_dialog(page)
    expect(page.locator("td.status")).to_contain_text("graded")
    _picture(page, "7-autograded")


def _look_at_the_work(page: Page, lab: str) -> None:
    page.goto(f"{lab}/formgrader/gradebook/double/double?token={TOKEN}")
    page.locator('a[href*="/formgrader/submissions/"]').first.click()
    expect(page.locator("input#check-lists")).to_be_visible()
    expect(page.locator("body")).to_contain_text("Your list comes back twice as long")
    _picture(page, "8-formgrade")


def _give_feedback(page: Page, lab: str) -> None:
    page.goto(f"{lab}/formgrader/manage_submissions/double?token={TOKEN}")
    for step in ("generate-feedback", "release-feedback"):
        page.locator(f"td.{step} a").first.click()
        _close_dialog(page)
    _picture(page, "9-feedback-released")


def _close_dialog(page: Page) -> None:
    modal = page.locator(".modal.in, .modal.show")
    expect(modal).to_contain_text("Success", ignore_case=True, timeout=DONE_IN_S * 1000)
    modal.locator("[data-dismiss=modal]").last.click()
    expect(modal).to_have_count(0)


def _read_feedback(page: Page, root: Path) -> None:
    _command(page, "Assignment List")
    page.locator("#submitted_assignments_list button", has_text="Fetch Feedback").first.click()
    _until(lambda: any(root.glob("double/feedback/*/double.html")))
    said = next(root.glob("double/feedback/*/double.html"))
    page.goto(said.as_uri())
    expect(page.locator("body")).to_contain_text("Your list comes back twice as long")
    expect(page.locator("body")).not_to_contain_text("BEGIN SOLUTION")
    _picture(page, "10-feedback")


def _cell(notebook: Path, id: str) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "".join(next(cell["source"] for cell in cells if cell["id"] == id))


def _until(holds) -> None:
    until = time.monotonic() + DONE_IN_S
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.2)
