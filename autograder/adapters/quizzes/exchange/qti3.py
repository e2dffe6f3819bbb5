"""QTI 3.0, written: a package of a test, its items and their pictures.

Covers every kind of item with the scoring it has here: shares, tolerances, credit by gap. Does not cover hints, tags,
and which attempt counts. Source: 1EdTech, QTI 3.0 Assessment, Section and Item information model.
"""

from __future__ import annotations

from pathlib import Path

from autograder.adapters.quizzes.exchange.bank import Abilities, Bank, Item, written
from autograder.adapters.quizzes.exchange.package import MANIFEST, write_package
from autograder.adapters.quizzes.exchange.qti3_item import FIGURES, identifier, item_of
from autograder.adapters.quizzes.exchange.xml import Element, add, document, lang

ABLE = Abilities(
    name="QTI 3.0",
    ids=True,
    exact=True,
    orders=("all-or-nothing",),
    markup=True,
    spots=True,
    rubric=True,
    survey=True,
    settings=("mode", "attempts", "shuffle_questions", "shuffle_choices"),
)
NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
TEST, ITEM = "imsqti_test_xmlv3p0", "imsqti_item_xmlv3p0"
POINTS = "POINTS"


def write(bank: Bank, folder: Path) -> Path:
    """Writes `<id>.<language>.qti3.zip` into the folder."""
    members = {MANIFEST: document(_manifest(bank)), "test.xml": document(_test(bank))}
    for item in bank.items:
        root = Element("qti-assessment-item", {"xmlns": NAMESPACE})
        item_of(root, item, bank)
        members[_place(item)] = document(root, spaced=False)
    for item in bank.items:
        if item.picture:
            members[f"{FIGURES}/{item.id}.svg"] = item.picture.svg.encode()
    return write_package(folder / f"{bank.id}.{bank.language}.qti3.zip", members)


def _place(item: Item) -> str:
    return f"items/{item.id}.xml"


def _manifest(bank: Bank) -> Element:
    root = Element("manifest", {"xmlns": PACKAGE, "identifier": identifier(f"{bank.id}-{bank.language}")})
    metadata = add(root, "metadata")
    add(metadata, "schema", "QTI Package")
    add(metadata, "schemaversion", "3.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    test = add(resources, "resource", identifier="test", type=TEST, href="test.xml")
    add(test, "file", href="test.xml")
    for item in bank.items:
        add(test, "dependency", identifierref=f"item-{item.id}")
    for item in bank.items:
        one = add(resources, "resource", identifier=f"item-{item.id}", type=ITEM, href=_place(item))
        add(one, "file", href=_place(item))
        if item.picture:
            add(one, "dependency", identifierref=f"figure-{item.id}")
    for item in bank.items:
        if item.picture:
            name = f"{FIGURES}/{item.id}.svg"
            figure = add(resources, "resource", identifier=f"figure-{item.id}", type="webcontent", href=name)
            add(figure, "file", href=name)
    return root


def _test(bank: Bank) -> Element:
    settings = bank.settings
    root = Element("qti-assessment-test", {"xmlns": NAMESPACE, "identifier": identifier(bank.id), "title": bank.title})
    lang(root, bank.language)
    add(root, "qti-outcome-declaration", identifier="SCORE", cardinality="single", base_type="float")
    # The mode has no place of its own in a test.
    part = add(
        root, "qti-test-part", identifier=settings.mode, navigation_mode="nonlinear", submission_mode="individual"
    )
    add(part, "qti-item-session-control", max_attempts=str(settings.attempts))
    section = add(part, "qti-assessment-section", identifier="questions", title=bank.title, visible="true")
    if settings.shuffle_questions:
        add(section, "qti-ordering", shuffle="true")
    groups: dict[str, Element] = {}
    for item in bank.items:
        if item.group and item.group not in groups:
            group = add(section, "qti-assessment-section", identifier=f"draw-{item.group}", title=item.group,
                        visible="false")  # fmt: skip
            add(group, "qti-selection", select="1")
            groups[item.group] = group
        place = groups.get(item.group, section)
        ref = add(place, "qti-assessment-item-ref", identifier=identifier(item.id), href=_place(item))
        add(ref, "qti-weight", identifier=POINTS, value=written(item.points))
    total = add(add(root, "qti-outcome-processing"), "qti-set-outcome-value", identifier="SCORE")
    add(add(total, "qti-sum"), "qti-test-variables", variable_identifier="SCORE", weight_identifier=POINTS)
    return root
