"""A quiz file written from plain data, and two languages of one quiz brought together.

Covers texts that YAML could take for something else, and files whose structure differs. Does not cover what a quiz may
hold (`load_quiz`).
"""

from __future__ import annotations

from typing import Any

import yaml

from autograder.errors import CourseError, Location, problem

HEAD = "# yaml-language-server: $schema=quiz.schema.json\n"
_TEXTS = frozenset({"title", "prompt", "why", "hints", "text", "items", "pairs", "distractors", "label", "alt"})


class _Writer(yaml.SafeDumper):
    """Quotes every text, so that none is a number or a boolean; long ones stand in a block."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: _Writer, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else "'")


def _mapping(writer: _Writer, entry: dict[str, Any]) -> yaml.MappingNode:
    """Keys stand without quotes; so do ids and the like."""
    node = writer.represent_mapping("tag:yaml.org,2002:map", entry)
    for key, value in node.value:
        key.style = None
        if key.value in ("id", "type", "mode", "scoring", "keep"):
            value.style = None
    return node


_Writer.add_representer(str, _text)
_Writer.add_representer(dict, _mapping)


def yaml_of(document: dict[str, Any]) -> str:
    """The text of a quiz file."""
    made: str = yaml.dump(document, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10**6)
    return HEAD + made


def together(english: Any, french: Any, file: str, path: str = "", text: bool = False) -> Any:
    """One document of two languages: texts become `{en: …, fr: …}`, all else must be the same. Raises CourseError."""
    if isinstance(english, dict) and isinstance(french, dict) and english.keys() == french.keys():
        return {
            key: together(value, french[key], file, f"{path}.{key}".lstrip("."), key in _TEXTS)
            for key, value in english.items()
        }
    if isinstance(english, list) and isinstance(french, list) and len(english) == len(french):
        return [
            together(one, other, file, f"{path}.{place}", text)
            for place, (one, other) in enumerate(zip(english, french, strict=True), 1)
        ]
    if english == french:
        return english
    if text and isinstance(english, str) and isinstance(french, str):
        return {"en": english, "fr": french}
    what = f"it differs from the English file at '{path}', and not in a text"
    raise CourseError(problem(Location(file), what, "export both languages anew, from one version of the quiz"))
