from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from autograder.adapters.pages import feedback
from autograder.types import LANGUAGES, Outcome, Text

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}\u202e\x07[a](javascript:x)"


@pytest.fixture
def mixed(grade, rejected):
    """One of everything a student can meet."""
    lost = {"scale": Outcome.FAILED, "values": Outcome.FAILED, "masked-rows": Outcome.CRASHED, "mask": Outcome.LIMIT}
    return [
        grade("vocabulary", "alice", {}),
        replace(
            grade("attention", "alice", lost, {"scale": "no_scale"}),
            late_s=93_600.0,
            notes=(Text("Cell 9 was left out.", "La cellule 9 a été laissée de côté."),),
        ),
        replace(grade("multihead", "alice", {"cross": Outcome.BROKEN}), fault="the worker died: KeyError"),
        replace(rejected, assignment="decoding"),
    ]


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def html(mixed, titles, course_title, language):
    return feedback.html("alice", mixed, titles, course_title, language)


def test_page_is_whole_and_loads_nothing(html, read, language):
    page = read(html)
    assert page.all("html") == [{"lang": language}]
    policy = next(tag["content"] for tag in page.all("meta") if tag.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert not page.all("script")
    assert not page.all("img")
    assert not page.all("link")
    assert all("style" not in own and not any(key.startswith("on") for key in own) for _, own in page.tags)
    assert not re.search(r"(https?:)?//[a-z]", html.replace("</", ""))
    assert all(re.fullmatch(r"#\w+|index\.(en|fr)\.html", tag["href"]) for tag in page.all("a"))
    assert any(tag.get("name") == "viewport" for tag in page.all("meta"))


def test_ids_are_unique_and_links_lead_somewhere(html, read):
    page = read(html)
    ids = [own["id"] for _, own in page.tags if "id" in own]
    assert len(ids) == len(set(ids))
    assert {tag["href"][1:] for tag in page.all("a") if tag["href"].startswith("#")} <= set(ids)


def test_both_languages_have_the_same_structure(mixed, titles, course_title, read):
    def shape(language):
        page = read(feedback.html("alice", mixed, titles, course_title, language))
        return [(tag, own.get("class")) for tag, own in page.tags if tag not in ("code", "i", "sub", "span")]

    assert shape("en") == shape("fr")


def test_every_group_stands_with_word_icon_and_colour(html, read):
    page = read(html)
    counts = {"passed": 5 + 2 + 4, "failed": 2, "crashed": 1, "limit": 1, "broken": 1}
    for outcome, count in counts.items():
        assert len(page.all("li", class_=outcome)) == count
        assert len([own for own in page.all("span", class_=outcome) if "badge" in own["class"]]) == count
    assert len(page.all("svg", class_="icon")) >= sum(counts.values())


def test_known_slip_stands_out_from_a_hint(mixed, titles, course_title, read):
    page = read(feedback.html("alice", mixed, titles, course_title, "en"))
    assert len(page.all("div", class_="slip")) == 1
    assert "This looks like a known slip" in page.text
    french = read(feedback.html("alice", mixed, titles, course_title, "fr"))
    assert "Cela ressemble à une erreur connue" in french.text
    assert len(page.all("div", class_="hint")) == 4


def test_picture_is_drawn_with_words_beside_it(html, read, language):
    page = read(html)
    maps = page.all("svg", class_="map")
    assert [own["role"] for own in maps] == ["img", "img"]
    assert all(own["aria-label"] for own in maps)
    assert ("counted from 0" if language == "en" else "comptées à partir de 0") in page.text


def test_what_went_wrong_on_our_side_is_not_shown(html, read, language):
    text = read(html).text
    assert "KeyError" not in text
    assert ("Nothing was lost" if language == "en" else "Rien n'est perdu") in text


def test_rejected_work_says_what_to_mend(html, read, language):
    text = read(html).text
    assert ("What to mend" if language == "en" else "À réparer") in text
    assert text.count("Save it again in Jupyter" if language == "en" else "Enregistrez-le dans Jupyter") == 1


@pytest.mark.parametrize("where", ["student", "slug", "title", "message", "hint", "note", "sha"])
def test_hostile_text_is_inert_everywhere(grade, course_title, read, language, where):
    one = grade("attention", "alice", {"scale": Outcome.FAILED})
    text = Text(HOSTILE, HOSTILE)
    groups = tuple(
        replace(
            group,
            title=text if where == "title" else group.title,
            message=text if where == "message" else group.message,
            hint=text if where == "hint" else group.hint,
        )
        for group in one.groups
    )
    one = replace(
        one,
        groups=groups,
        assignment=HOSTILE if where == "slug" else one.assignment,
        notes=(text,) if where == "note" else (),
        submission_sha256=HOSTILE if where == "sha" else one.submission_sha256,
    )
    student = HOSTILE if where == "student" else "alice"
    html = feedback.html(student, [one], {}, course_title, language)
    page = read(html)
    assert not page.all("script")
    assert not page.all("img")
    assert "{{7*7}}" in page.text or where == "sha"
    assert "\u202e" not in html
    assert "\x07" not in html
    markdown = feedback.markdown(student, [one], {}, course_title, language)
    rendered = read(MarkdownIt("commonmark", {"html": True}).render(markdown))
    assert {tag for tag, _ in rendered.tags} <= {
        "h1",
        "h2",
        "h3",
        "p",
        "strong",
        "ul",
        "ol",
        "li",
        "code",
        "blockquote",
    }


def test_markdown_holds_the_same_facts(mixed, titles, course_title, language):
    text = feedback.markdown("alice", mixed, titles, course_title, language)
    assert text.count("\n## ") == 4
    assert text.count("\n### ✓ ") == 11
    assert text.count("\n### ✗ ") == 2
    slip = "This looks like a known slip" if language == "en" else "Cela ressemble à une erreur connue"
    assert text.count(f"> **{slip}") == 1
    assert r"$\sqrt{d_k}$" in text
    assert "KeyError" not in text


def test_markdown_of_one_grade(grade, titles, course_title):
    one = grade("vocabulary", "alice", {"padding": Outcome.FAILED}, {"padding": "mask_from_ids"})
    text = feedback.markdown("alice", [one], titles, course_title, "en").replace("\u00a0", " ")
    assert text.splitlines()[:13] == [
        "# Large language models, from the ground up",
        "",
        "**alice**",
        "",
        "4 of 5 groups earned, 8 of 10 points, over 1 assignment.",
        "",
        "## A vocabulary, from words to ids",
        "",
        "**4 of 5 groups earned, 8 of 10 points**",
        "",
        "One group is left, and you are close.",
        "",
        "- Received 1 March 2026, 21:04 UTC",
    ]


def test_json_is_versioned_and_tells_no_secret(mixed, titles, course_title):
    text = feedback.document("alice", mixed, titles, course_title)
    content = json.loads(text)
    assert content["version"] == 1
    assert content["student"] == "alice"
    assert [entry["status"] for entry in content["assignments"]] == ["graded", "graded", "needs_review", "rejected"]
    assert (content["assignments"][3]["score"], content["assignments"][3]["groups"]) == (None, [])
    scale = content["assignments"][1]["groups"][1]
    assert (scale["outcome"], scale["points"], scale["known_slip"]) == ("failed", 0.0, True)
    assert content["assignments"][2]["groups"][2]["points"] is None
    assert "not for students" not in text
    assert "no_scale" not in text
    assert "KeyError" not in text
