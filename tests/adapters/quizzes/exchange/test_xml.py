"""Files of strangers: nothing is expanded, fetched or read beside them."""

from pathlib import Path

import pytest

from autograder.adapters.quizzes.exchange.places import content_of
from autograder.adapters.quizzes.exchange.xml import read_xml
from autograder.errors import CourseError

LAUGHS = b"""<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><quiz>&c;</quiz>"""
OUTSIDE = b'<!DOCTYPE quiz [<!ENTITY file SYSTEM "file:///etc/passwd">]><quiz>&file;</quiz>'
FETCHED = b'<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd"><quiz/>'


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, FETCHED])
def test_document_type_is_refused(content):
    with pytest.raises(CourseError, match=r"a\.xml: it declares a document type .* Remedy: remove the DOCTYPE"):
        read_xml(content, Path("a.xml"))


@pytest.mark.parametrize("content", [b"", b"<quiz>", b"<quiz>&nbsp;</quiz>", b"\xff\xfe<", b"<a/><b/>"])
def test_what_is_no_xml_is_told_with_its_line(content):
    with pytest.raises(CourseError, match=r"a\.xml:\d+: not XML .* Remedy: export it again"):
        read_xml(content, Path("a.xml"))


def test_file_that_is_absent_or_too_large_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr("autograder.adapters.quizzes.exchange.places.MOST_BYTES", 10)
    (tmp_path / "a.xml").write_text("<quiz></quiz>")
    with pytest.raises(CourseError, match="larger than"):
        content_of(tmp_path / "a.xml")
    with pytest.raises(CourseError, match=r"b\.xml: cannot be read"):
        content_of(tmp_path / "b.xml")


def test_names_lose_their_namespace():
    root = read_xml(b'<q:quiz xmlns:q="u"><q:a>1</q:a></q:quiz>', Path("a.xml"))
    assert (root.tag, root.findtext("a")) == ("quiz", "1")
