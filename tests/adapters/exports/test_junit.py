from __future__ import annotations

from dataclasses import replace

import pytest
from junitparser import Error, Failure, JUnitXml

from autograder.adapters.exports.junit import junit


def test_parser_of_junit_reads_the_same_counts_and_words(grades):
    read = JUnitXml.fromstring(junit("llm", grades, "en").encode())
    suites = {suite.name: suite for suite in read}
    assert list(suites) == ["double / ada", "double / bob", "double / eve"]
    assert [(s.tests, s.failures, s.errors) for s in suites.values()] == [(2, 0, 0), (2, 1, 0), (2, 0, 1)]
    assert (read.tests, read.failures, read.errors) == (6, 1, 1)
    cases = list(suites["double / bob"])
    assert cases[0].result == []
    assert isinstance(cases[1].result[0], Failure) and "It says" in cases[1].result[0].text
    assert isinstance(next(iter(list(suites["double / eve"])[1].result)), Error)
    properties = {each.name: each.value for each in suites["double / bob"].properties()}
    assert (properties["score"], properties["max_score"], properties["status"]) == ("2", "4", "graded")


@pytest.mark.parametrize("name", ["a\x00b", "a\x1b[31mb", "]]>", "<&\"'>", "\ud800", "\ufffe"])
def test_any_name_is_well_formed(grades, name):
    (suite,) = JUnitXml.fromstring(junit("llm", [replace(grades[0], student=name)], "en").encode())
    assert suite.tests == 2
