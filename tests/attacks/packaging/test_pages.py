"""Hostile names, sources and messages in the pages that students and instructors open, looked at in a real browser."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment
from autograder.adapters.gradebook import Gradebook
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Grade, GroupGrade, Outcome, Picture, Status, Text
from autograder.usecases.feedback import write_feedback
from autograder.usecases.grade import Kept, Options, grade
from autograder.usecases.report import write_report

MARK = "data-owned"
RUN = f"document.documentElement.setAttribute('{MARK}',1);document.title='owned'"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"'/><svg/onload={RUN}>",
    f"</title></style></script><script>{RUN}</script>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'[x](javascript:{RUN}) <a href="javascript:{RUN}">x</a>',
    f"`</code><script>{RUN}</script>`",
    f"$x</span><script>{RUN}</script>$",
    "{{ 7*7 }}{% for x in y %}",
    "<style>@import 'http://example.invalid/x'</style><base href=x><meta http-equiv=refresh content=0;url=x>",
    "\u202e\u2066<b>\x1b[2J\x00",
)
HOSTILE = "".join(PAYLOADS)


class _Seen(HTMLParser):
    """Elements of a page, the attributes of its root, and attributes that would run or fetch something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.root: dict[str, str | None] = {}
        self.acting: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "html":
            self.root = dict(attrs)
        for name, value in attrs:
            fetches = name in ("src", "href", "action", "srcdoc") and not (value or "").startswith(
                ("#", "index", "feedback")
            )
            if name.startswith("on") or fetches:
                self.acting.append((name, value))


def _opened(page: Path, tmp_path: Path) -> _Seen:
    """The page as Chromium has it after its scripts ran."""
    argv = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    argv += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", page.as_uri()]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=True)
    return _Seen(done.stdout)


def _group(text: str, outcome: Outcome) -> GroupGrade:
    said = Text(text, text)
    picture = Picture(((0, 9), (3, 4)), ((1, 0), (0, 1)))
    return GroupGrade(f"g{outcome}", said, 0.0, 1.0, outcome, said, said, f"m{outcome}", picture)


@pytest.fixture
def hostile(mini: Path) -> tuple[list[Grade], list]:
    """Grades of students whose names, messages and notes are all hostile, in every status."""
    from autograder.adapters.course import load_course

    assignment = load_assignment(load_course(mini), "double")
    groups = tuple(_group(HOSTILE, outcome) for outcome in Outcome)
    said = (Text(HOSTILE, HOSTILE),)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    made = [
        Grade("double", f"{payload}{status}", status, 1.0, 5.0, groups, "0" * 64, now, "v", HOSTILE, "s", "1", 0.1, now,
              said, 90_000.0, 0.5, HOSTILE, said)
        for status, payload in zip(list(Status) * 4, PAYLOADS, strict=False)
    ]  # fmt: skip
    return made, [replace(assignment, title=said[0])]


def test_no_script_runs_and_nothing_is_fetched(hostile, tmp_path):
    grades, assignments = hostile
    course = Text(HOSTILE, HOSTILE)
    title = assignments[0].title
    written = [Path(each) for each in write_feedback(grades[:2], {"double": title}, course, tmp_path / "feedback")]
    report = write_report(grades, assignments, course, tmp_path / "report", "en")
    pages = [each for each in written if each.suffix == ".html"]
    assert len(pages) == 4  # two students, two languages
    for page in [*pages[:2], Path(report)]:
        source = _Seen(page.read_text(encoding="utf-8"))
        seen = _opened(page, tmp_path)
        assert MARK not in seen.root
        for each in (source, seen):
            assert each.acting == []
            assert not {"img", "iframe", "base", "object", "embed", "form", "link"} & set(each.tags)
            assert each.tags.count("script") == (1 if page == Path(report) else 0)
            assert each.tags.count("style") == 1


def test_browser_and_look_would_see_a_script(tmp_path):
    page = tmp_path / "bare.html"
    page.write_text(f"<!doctype html><html><body>{PAYLOADS[0]}</body></html>")
    assert MARK in _opened(page, tmp_path).root
    assert _Seen(PAYLOADS[1]).acting and "iframe" in _Seen(PAYLOADS[4]).tags


def test_policy_alone_stops_a_script_that_got_into_the_page(hostile, tmp_path):
    grades, _ = hostile
    written = write_feedback(grades[:1], {"double": Text("t", "t")}, Text("c", "c"), tmp_path / "feedback")
    page = next(Path(each) for each in written if str(each).endswith(".html"))
    text = page.read_text(encoding="utf-8").replace("</main>", "".join(PAYLOADS[:3]) + "</main>")
    assert PAYLOADS[0] in text
    page.write_text(text, encoding="utf-8")
    seen = _opened(page, tmp_path)
    assert MARK not in seen.root and "script" in seen.tags


def test_source_line_of_a_student_is_shown_as_text(mini, tmp_path):
    """From a notebook's cell to the browser: the line that raised is quoted in the feedback."""
    from autograder.adapters.course import load_course

    course = load_course(mini)
    folder = tmp_path / "submitted/<img src=x onerror=alert(1)>/double"
    folder.parent.mkdir(parents=True)
    folder.mkdir()
    line = f"    return [][0]  # {PAYLOADS[0]}{PAYLOADS[1]}"
    (folder / "double.py").write_text(f"def double(x):\n{line}\n")
    with Gradebook.open(tmp_path / "gradebook.db") as book:
        run = grade(course, ["double"], tmp_path / "submitted", book, Options(strongest_tier(), 1), kept := Kept())
    assert run.problems == [] and len(kept.grades) == 1
    written = write_feedback(kept.grades, {"double": Text("t", "t")}, Text("c", "c"), tmp_path / "feedback")
    page = next(Path(each) for each in written if str(each).endswith(".html"))
    text = page.read_text(encoding="utf-8")
    assert re.search(r"return \[\]\[0\].*&lt;script&gt;", text)
    seen = _opened(page, tmp_path)
    assert MARK not in seen.root and seen.acting == []
