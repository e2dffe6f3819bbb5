"""XML written and read: elements from tuples, and files of strangers read without their entities.

Covers documents that expand or refer to other files, which are refused. Does not cover what they mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import (
    Element,
    ParseError,
    SubElement,
    indent,
    register_namespace,
    tostring,
)

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem

_XML = "http://www.w3.org/XML/1998/namespace"
__all__ = ["Element", "add", "child", "document", "lang", "number", "parsed", "read_xml", "said", "within"]
register_namespace("xml", _XML)
register_namespace("m", "http://www.w3.org/1998/Math/MathML")


def add(parent: Element, tag: str, content: str | None = None, **attributes: str) -> Element:
    """A new element at the end of `parent`; `_` in the name of an attribute stands for `-`, a last one is dropped."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    element = SubElement(parent, tag, named)
    element.text = content
    return element


def lang(element: Element, language: str | None = None) -> str | None:
    """The language that an element says its text is in, after setting it when one is given."""
    if language is not None:
        element.set(f"{{{_XML}}}lang", language)
    return element.get(f"{{{_XML}}}lang")


def document(root: Element, spaced: bool = True) -> bytes:
    """The document as UTF-8; not spaced where white space is text."""
    if spaced:
        indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def read_xml(content: bytes, where: Path) -> Element:
    """The root of a document, namespaces dropped from names. Raises CourseError when it is no harmless XML."""
    place = Location(shown(where))
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        what = "it declares a document type or entities, which may read or fill more than the file"
        raise CourseError(problem(place, what, "remove the DOCTYPE; quizzes need none")) from None
    except (ParseError, ValueError, LookupError) as error:
        line = error.position[0] if isinstance(error, ParseError) else None
        raise CourseError(problem(Location(place.file, line), f"not XML ({error})", "export it again")) from None
    return _bare(root)


def parsed(own: str) -> Element:
    """The root of XML that we wrote ourselves."""
    root: Element = fromstring(own)
    return root


def _bare(root: Element) -> Element:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def child(parent: Element, path: str) -> Element:
    """The element at a path, or an empty one."""
    found = parent.find(path)
    return found if found is not None else Element(path)


def said(parent: Element, path: str, default: str = "") -> str:
    """The text of the element at a path, trimmed."""
    return (parent.findtext(path) or default).strip()


def number(written: str, default: float = 0.0) -> float:
    """A finite number that a file holds, else the default. `number("33.3") -> 33.3`"""
    try:
        value = float(written)
    except ValueError:
        return default
    return value if math.isfinite(value) else default


def within(element: Element) -> Iterable[Element]:
    """The children, comments aside."""
    return (each for each in element if isinstance(each.tag, str))
