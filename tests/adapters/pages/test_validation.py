from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.adapters.pages.validation import html, write_pages
from autograder.types import Text

COURSE = Text("A course", "Un cours")
DOCUMENT: dict[str, Any] = {
    "version": 1,
    "assignments": [
        {
            "assignment": "attention",
            "kind": "exercise",
            "ok": True,
            "mistakes": {"declared": 29, "caught": 29},
            "mutants": {"total": 100, "killed": 97, "equivalent": 3},
            "alternatives": {"total": 4, "accepted": 4},
            "flips": 0,
            "leaks": 0,
            "margins": [
                {
                    "tolerance": {"rtol": 0.0, "atol": 1e-5, "why": "float32"},
                    "honest": {"difference": 3e-7, "share": 0.03},
                    "mutant": {"difference": 2e-4, "share": 20.0},
                },
                {
                    "tolerance": {"rtol": 1e-7, "atol": 1e-9, "why": "float64"},
                    "honest": {"difference": 0.0, "share": 0.0},
                    "mutant": {"difference": None, "share": None},
                },
            ],
            "seconds": 0.1,
            "groups": {"softmax": 35, "mask": 0},
            "survivors": [{"id": "mask:f:1", "line": 3, "change": "a < b -> a <= b", "reason": "they are <equal>"}],
            "problems": {},
        },
        {
            "assignment": "broken",
            "kind": "exercise",
            "ok": False,
            "mistakes": None,
            "mutants": None,
            "alternatives": None,
            "flips": None,
            "leaks": None,
            "margins": [],
            "seconds": None,
            "problems": {"complete": ["broken.py:1: <b>left</b> to fill in. Remedy: write it."]},
        },
    ],
}


def test_page_shows_figures_plots_survivors_and_what_is_wrong():
    page = html(DOCUMENT, COURSE, "en")
    assert page.count("<svg") == 2
    assert "97/100" in page and "35/100" in page and "rtol 1e-07, atol 1e-09" in page
    assert "they are &lt;equal&gt;" in page and "&lt;b&gt;left" in page and "<b>left" not in page


def test_pages_are_in_both_languages_and_point_at_each_other(tmp_path: Path):
    page = write_pages(DOCUMENT, COURSE, tmp_path)
    french = (tmp_path / "index.fr.html").read_text(encoding="utf-8")
    assert page == tmp_path / "index.html"
    assert 'href="index.fr.html"' in page.read_text(encoding="utf-8") and 'href="index.html"' in french
    assert "Peut-on se fier à ces verdicts" in french and "Can these" not in french
