"""Pydantic's errors as sentences with a remedy.

Covers the base of the project's YAML models, and what is wrong with plain data under such a model. Does
not cover reading YAML, nor in which line a value stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.types import Text

Path = tuple[str | int, ...]

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """Base of every model of a YAML file: unknown keys are errors, values keep their type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Bilingual(Strict):
    """`{en: …, fr: …}` in a YAML file; both are needed."""

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def text(self) -> Text:
        return Text(self.en.strip(), self.fr.strip())


@dataclass(frozen=True)
class Complaint:
    """What is wrong with the value under a key path, and what to do about it."""

    path: Path
    what: str
    remedy: str


def complaints(model: type[Model], value: Any) -> tuple[Model | None, list[Complaint]]:
    """The data as an instance of the model, or None and everything that is wrong with it.

    Validated as JSON, where a list may become a tuple and text a date, but "3" does not become 3.
    """
    try:
        return model.model_validate_json(json.dumps(value)), []
    except ValidationError as error:
        schema = model.model_json_schema()
        return None, [_complaint(schema, value, each) for each in error.errors(include_url=False)]


def _complaint(schema: dict[str, Any], value: Any, error: Any) -> Complaint:
    path: Path = error["loc"]
    name = ".".join(str(step) for step in path)
    given = error["input"]
    match error["type"]:
        case "extra_forbidden":
            keys = _keys_at(schema, path[:-1])
            close = get_close_matches(str(path[-1]), keys, 1)
            remedy = f"write '{close[0]}'" if close else f"remove it; the keys here are {', '.join(sorted(keys))}"
            return Complaint(path, f"unknown key '{path[-1]}'", remedy)
        case "missing":
            return Complaint(path, f"'{name}' is missing", f"add '{path[-1]}:'")
        case "literal_error" | "enum":
            expected = error["ctx"]["expected"]
            return Complaint(path, f"'{name}' is {_quoted(given)}, not {expected}", f"write {expected}")
        case "union_tag_invalid":
            tag = error["ctx"]["tag"]
            known = [each.strip(" '\"") for each in error["ctx"]["expected_tags"].split(",")]
            close = get_close_matches(tag, known, 1)
            remedy = f"write '{close[0]}'" if close else f"write one of {', '.join(known)}"
            discriminator = error["ctx"]["discriminator"].strip("'")
            return Complaint(path, f"{discriminator} '{tag}' is unknown", remedy)
        case "union_tag_not_found":
            tag = error["ctx"]["discriminator"].strip("'")
            return Complaint(path, f"'{name}' has no '{tag}'", f"add '{tag}:'")
        case "value_error":
            what, _, remedy = str(error["ctx"]["error"]).partition(" Remedy: ")
            label = f"'{name}': " if name else ""
            return Complaint(path, label + what.rstrip("."), remedy.rstrip(".") or "mend that value")
    message = error["msg"]
    label = f"'{name}'" if name else "the file"
    return Complaint(path, f"{label} is {_quoted(given)}: {message[0].lower()}{message[1:]}", _remedy(error["type"]))


def _remedy(kind: str) -> str:
    """What to do about a kind of pydantic error. `string_type` -> quote it."""
    if kind == "string_type":
        return "put the text between quotes"
    if kind == "bool_type":
        return "write true or false"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return "write keys and values there"
    if kind in ("list_type", "tuple_type", "set_type", "frozen_set_type"):
        return "write a list, [a, b], there"
    if kind.startswith("timezone"):
        return "add the offset from UTC, as in 2026-10-12T23:59:00+02:00"
    if kind.startswith(("datetime", "date")):
        return "write it as 2026-10-12T23:59:00+02:00"
    return "change that value"


def _quoted(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _keys_at(schema: dict[str, Any], path: Path) -> set[str]:
    """Keys a model knows at a path, following unions: `("title",)` -> `{"en", "fr"}`."""
    nodes = list(_unfolded(schema, [schema]))
    for step in path:
        below = list(_unfolded(schema, _children(nodes, step)))
        tagged = [
            {"$ref": node["discriminator"]["mapping"][step]}
            for node in nodes
            if step in node.get("discriminator", {}).get("mapping", {})
        ]
        nodes = below or list(_unfolded(schema, tagged)) or nodes
    return {key for node in nodes for key in node.get("properties", {})}


def _children(nodes: Iterable[dict[str, Any]], step: str | int) -> Iterable[dict[str, Any]]:
    for node in nodes:
        if isinstance(step, int):
            prefix = node.get("prefixItems", [])
            child = prefix[step] if step < len(prefix) else node.get("items")
        else:
            child = node.get("properties", {}).get(step, node.get("additionalProperties"))
        if isinstance(child, dict):
            yield child


def _unfolded(schema: dict[str, Any], nodes: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Schema nodes with references and unions replaced by what they stand for (the union itself stays too)."""
    for node in nodes:
        if "$ref" in node:
            yield from _unfolded(schema, [schema["$defs"][node["$ref"].removeprefix("#/$defs/")]])
            continue
        yield node
        for union in ("anyOf", "oneOf", "allOf"):
            yield from _unfolded(schema, node.get(union, []))
