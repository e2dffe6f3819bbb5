"""Grades as JUnit XML: a suite per hand-in, a case per check group.

Covers characters that XML does not have. A group under review is an error, so that no tool counts it as failed work.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from autograder.adapters.exports import summary
from autograder.adapters.pages.visible import one_line, visible
from autograder.errors import PlatformError
from autograder.types import Grade, GroupGrade, Language, Outcome, Status


def junit(course: str, grades: Sequence[Grade], language: Language) -> str:
    """One document of all grades. Raises PlatformError when it does not read back."""
    root = ElementTree.Element("testsuites", name=course)
    for grade in sorted(grades, key=lambda each: (each.assignment, each.student)):
        root.append(_suite(grade, language))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
    if ElementTree.tostring(ElementTree.fromstring(text)) != ElementTree.tostring(root):  # noqa: S314 - our own text
        raise PlatformError("the exported JUnit XML does not read back as what was written")
    return text


def _suite(grade: Grade, language: Language) -> ElementTree.Element:
    suite = ElementTree.Element(
        "testsuite",
        name=f"{grade.assignment} / {one_line(grade.student, 200)}",
        timestamp=grade.graded_at.isoformat(timespec="seconds"),
        time=f"{grade.seconds:.3f}",
    )
    properties = ElementTree.SubElement(suite, "properties")
    facts = {
        "student": one_line(grade.student, 200), "assignment": grade.assignment, "status": grade.status.value,
        "score": f"{grade.score:g}", "max_score": f"{grade.max_score:g}", "penalty": f"{grade.penalty:g}",
        "submission_sha256": grade.submission_sha256, "isolation": grade.isolation,
    }  # fmt: skip
    for name, value in facts.items():
        ElementTree.SubElement(properties, "property", name=name, value=value)
    fate = {"failures": 0, "errors": 0}
    for group in grade.groups:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=f"{grade.assignment}.{group.id}",
            name=one_line(group.title.say(language)),
            time="0",
        )
        broken = grade.status is Status.NEEDS_REVIEW and group.outcome is Outcome.BROKEN
        if broken or group.outcome is not Outcome.PASSED:
            fate["errors" if broken else "failures"] += 1
            _say(case, "error" if broken else "failure", grade, group, language)
    suite.set("tests", str(len(grade.groups)))
    for kind, count in fate.items():
        suite.set(kind, str(count))
    return suite


def _say(case: ElementTree.Element, tag: str, grade: Grade, group: GroupGrade, language: Language) -> None:
    said = summary.group_lines(group, language)
    told = ElementTree.SubElement(case, tag, type=group.outcome.value, message=one_line(said[0]))
    told.text = visible("\n".join(said[1:]))
