"""QTI 3.0, read: a package with a test, as `qti3` or another program wrote it.

Covers choices, orders, matches, regions, essays, and lines and gaps to fill in. Other interactions, and scoring beyond
shares and tolerances, are told as lost. Does not cover items outside of a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from posixpath import normpath

from autograder.adapters.quizzes.exchange import pictures
from autograder.adapters.quizzes.exchange.bank import Bank, Item, Loss, Picture, Settings, distinct, slug
from autograder.adapters.quizzes.exchange.package import document_in, read_package, resources
from autograder.adapters.quizzes.exchange.places import language_of, name_of
from autograder.adapters.quizzes.exchange.qti3 import TEST
from autograder.adapters.quizzes.exchange.qti3_body import asked, body_of, feedback_of, picture_source
from autograder.adapters.quizzes.exchange.qti3_item import WHY
from autograder.adapters.quizzes.exchange.xml import Element, child, lang, number
from autograder.quiz_types import Mode
from autograder.types import Language

_MODES: tuple[Mode, ...] = ("practice", "graded", "survey")


@dataclass(frozen=True)
class _Ref:
    """Where an item stands, what it is worth, and of which group one is drawn."""

    place: str
    points: float
    group: str


def read(file: Path) -> tuple[Bank, tuple[Loss, ...]]:
    """The bank in a package, and what of it has no place in one. Raises CourseError."""
    members = read_package(file)
    name = resources(members, TEST, file)[0]
    test = document_in(members, name, file)
    refs = list(_refs(test, PurePosixPath(name).parent, ""))
    documents = {ref.place: document_in(members, ref.place, file) for ref in refs}
    lost: list[Loss] = []
    items = [item for ref in refs for item in _item(documents[ref.place], ref, members, lost)]
    ids = distinct([item.id for item in items])
    named = tuple(replace(item, id=id) for item, id in zip(items, ids, strict=True))
    said = (lang(test) or "")[:2]
    language: Language = "fr" if said == "fr" else "en" if said == "en" else language_of(file)
    id = slug(test.get("identifier", "").removeprefix("_"), name_of(file))
    return Bank(id, test.get("title") or id, language, named, _settings(test, list(documents.values()))), tuple(lost)


def _refs(parent: Element, folder: PurePosixPath, group: str) -> Iterator[_Ref]:
    for each in parent:
        if each.tag == "qti-assessment-item-ref":
            place = normpath((folder / each.get("href", "")).as_posix())
            yield _Ref(place, number(child(each, "qti-weight").get("value", ""), 1.0), group)
        elif each.tag in ("qti-test-part", "qti-assessment-section"):
            drawn = child(each, "qti-selection").get("select") == "1"
            title = slug(each.get("title", ""), "group")
            yield from _refs(each, folder, title if drawn else group)


def _settings(test: Element, items: list[Element]) -> Settings:
    part = child(test, "qti-test-part")
    mode: Mode = next((mode for mode in _MODES if mode == part.get("identifier")), "graded")
    shuffled = {
        each.get("shuffle") == "true"
        for item in items
        for tag in ("qti-choice-interaction", "qti-match-interaction")
        for each in item.iter(tag)
        if [choice.get("identifier") for choice in each.iterfind("qti-simple-choice")] != ["true", "false"]
    }
    orders = [each.get("shuffle") == "true" for each in test.iter("qti-ordering")]
    return Settings(
        mode=mode,
        attempts=max(0, int(number(child(part, "qti-item-session-control").get("max-attempts", "1"), 1))),
        shuffle_questions=any(orders),
        shuffle_choices=shuffled != {False},
    )


def _item(root: Element, ref: _Ref, members: Mapping[str, bytes], lost: list[Loss]) -> Iterator[Item]:
    id = slug(root.get("identifier", "").removeprefix("_"), "q")
    feedback = feedback_of(root)
    body = body_of(root, feedback)
    if body is None:
        kinds = sorted({each.tag for each in child(root, "qti-item-body").iter() if each.tag.endswith("-interaction")})
        lost.append(Loss(id, "lost", f"items with {', '.join(kinds) or 'no interaction'} are not read"))
        return
    files = _figures(ref.place, members)
    html, picture = pictures.taken(asked(root), files)
    source = picture_source(root)
    if picture is None and source is not None and source[0] in files:
        picture = Picture(files[source[0]], source[1])
    yield Item(
        id=id,
        text=html,
        body=body(picture.svg if picture else ""),
        points=ref.points,
        why=feedback.get((WHY, "why"), ""),
        picture=picture,
        group=ref.group,
    )


def _figures(place: str, members: Mapping[str, bytes]) -> dict[str, str]:
    """The SVGs of a package by the names under which an item shows them."""
    up = "../" * (len(PurePosixPath(place).parts) - 1)
    return {up + name: content.decode("utf-8", "replace") for name, content in members.items() if name.endswith(".svg")}
