"""The one YAML loader of the project: strict, and able to say on which line a value stands.

Covers YAML 1.2 scalars (`no` and `12:30` are text, `1e3` is a number, `017` is 17), refusal of duplicate
keys, anchors, aliases and tags, caps on size and depth, and validation by pydantic models with errors as
`file:line: what. Remedy: … .`. Does not cover writing YAML, or several documents in one file.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel

from autograder.adapters.yaml_model import complaints
from autograder.errors import CourseError, Location, problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
YAML_TAG = "tag:yaml.org,2002:"

KeyPath = tuple[str | int, ...]

Model = TypeVar("Model", bound=BaseModel)

NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
TRUE = re.compile(r"(?:true|True|TRUE)\Z")
FALSE = re.compile(r"(?:false|False|FALSE)\Z")
INTEGER = re.compile(r"[-+]?[0-9]+\Z")
OCTAL = re.compile(r"0o[0-7]+\Z")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z")
NAN = re.compile(r"\.(?:nan|NaN|NAN)\Z")


@dataclass(frozen=True)
class Document:
    """A YAML file as plain data, and the line of every key and item in it.

    Keys are always text: `{1: a}` -> `{"1": "a"}`.
    """

    file: str
    value: Any
    lines: dict[KeyPath, int]

    def where(self, path: KeyPath = ()) -> Location:
        """Location of a key path, or of the nearest part of it that the file has.

        For `a: {b: 1}`, `where(("a", "c"))` is the line of `a`. Steps the file does not know, such as the
        tag of a union, are passed over.
        """
        known: KeyPath = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return Location(self.file, self.lines.get(known, 1))


def shown(path: Path) -> str:
    """A path as messages show it: relative to the working folder when inside it, with forward slashes."""
    path = path.absolute()
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def load_yaml(path: Path) -> Document:
    """Reads one YAML file. Raises CourseError when it cannot be read, is too large or is not strict YAML."""
    where = Location(shown(path))
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CourseError(
            problem(where, f"cannot be read ({error.strerror})", "create it or mend its rights")
        ) from None
    if len(content) > MAX_BYTES:
        raise CourseError(problem(where, f"larger than {MAX_BYTES >> 20} MiB", "split the file"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CourseError(problem(Location(where.file, line), "not UTF-8", "save the file as UTF-8")) from None
    return parse_yaml(text, where.file)


def parse_yaml(text: str, file: str, first_line: int = 1) -> Document:
    """Reads YAML text that starts on line `first_line` of `file`. Raises CourseError with every problem found."""
    try:
        composer = _Composer(text, file, first_line)
    except yaml.reader.ReaderError as error:
        where = Location(file, first_line + text.count("\n", 0, error.position))
        what = f"character {error.character:#06x} is not allowed"
        raise CourseError(problem(where, what, "remove it; it is probably invisible in your editor")) from None
    try:
        node = composer.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, [error.context, error.problem])) or "not YAML"
        raise CourseError([*composer.problems, composer.syntax(what, mark.line if mark else 0)]) from None
    if node is None:
        raise CourseError(problem(Location(file, first_line), "nothing in it", "write the keys it should have"))
    building = _Building(composer)
    value = building.build(node, ())
    if composer.problems:
        raise CourseError(composer.problems)
    return Document(file, value, building.lines)


def validate(model: type[Model], source: Path | Document) -> Model:
    """A YAML file (or one already read) as an instance of a pydantic model, strictly: no "3" for 3.

    Raises CourseError with one line per error: `course/course.yaml:3: unknown key 'modul'. Remedy: … .`
    """
    document = source if isinstance(source, Document) else load_yaml(source)
    result, wrong = complaints(model, document.value)
    if result is None:
        located = sorted(((document.where(each.path), each) for each in wrong), key=lambda pair: pair[0].line or 0)
        raise CourseError([problem(where, each.what, each.remedy) for where, each in located])
    return result


class _Composer(yaml.SafeLoader):
    """PyYAML's composer without anchors, aliases, tags, implicit types or deep nesting."""

    # Scalars get their type in `_plain`, under YAML 1.2.
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML declares it

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.problems: list[str] = []
        self.depth = 0
        super().__init__(text)

    def where(self, line: int) -> Location:
        return Location(self.file, line + self.first_line)

    def syntax(self, what: str, line: int) -> str:
        return problem(
            self.where(line), what, "mend the YAML there; quote text that holds ': ', ' #', '?' or starts with a sign"
        )

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs leave it untyped
        where = self.where(event.start_mark.line)
        if isinstance(event, yaml.AliasEvent):
            self.problems.append(problem(where, f"alias '*{event.anchor}'", "write the value out again"))
            event = yaml.ScalarEvent(None, None, (True, True), "", event.start_mark, event.end_mark, style='"')
            self.current_event = event
        if event.anchor is not None:
            self.problems.append(
                problem(where, f"anchor '&{event.anchor}'", "remove it; quote text that starts with '&'")
            )
            event.anchor = None
        if event.tag is not None:
            self.problems.append(
                problem(
                    where, f"tag '{event.tag.replace(YAML_TAG, '!!')}'", "remove it; quote text that starts with '!'"
                )
            )
            event.tag = None
        if self.depth == MAX_DEPTH:
            deep = problem(where, f"nested more than {MAX_DEPTH} deep", "nest less")
            raise CourseError([*self.problems, deep])
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@dataclass
class _Building:
    """Nodes to plain data, noting the line of every key path."""

    composer: _Composer
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        self.lines.setdefault(path, node.start_mark.line + self.composer.first_line)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            where = self.composer.where(key_node.start_mark.line)
            if not isinstance(key_node, yaml.ScalarNode):
                self.composer.problems.append(problem(where, "a list or a mapping as a key", "use text as the key"))
                continue
            key = self.text(key_node)
            if key in result:
                first = self.lines[(*path, key)]
                what = f"key '{key}' stands twice (first on line {first})"
                self.composer.problems.append(problem(where, what, "keep one of them"))
                continue
            self.lines[(*path, key)] = where.line or 1
            result[key] = self.build(value_node, (*path, key))
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        if node.style is not None:
            return self.text(node)
        value = _plain(node.value)
        if isinstance(value, _TooLarge):
            where = self.composer.where(node.start_mark.line)
            self.composer.problems.append(
                problem(
                    where, f"number {node.value:.20} is too large", "write a smaller one, or quote it if it is text"
                )
            )
        return self.text(node) if isinstance(value, str) else value

    def text(self, node: yaml.ScalarNode) -> str:
        value: str = node.value
        if any("\ud800" <= character <= "\udfff" for character in value):
            where = self.composer.where(node.start_mark.line)
            self.composer.problems.append(problem(where, "half a Unicode character", r"write it as one \U escape"))
        return value


class _TooLarge:
    """A number that is written but that Python would not hold faithfully."""


def _plain(text: str) -> Any:
    """A plain scalar under the core schema of YAML 1.2: `no -> "no"`, `1e3 -> 1000.0`, `0o17 -> 15`."""
    if NULL.match(text):
        return None
    if TRUE.match(text) or FALSE.match(text):
        return bool(TRUE.match(text))
    for pattern, base in ((INTEGER, 10), (OCTAL, 8), (HEXADECIMAL, 16)):
        if pattern.match(text):
            return int(text, base) if len(text) <= 100 else _TooLarge()
    if FLOAT.match(text):
        value = float(text)
        return value if math.isfinite(value) else _TooLarge()
    if INFINITY.match(text):
        return -math.inf if text.startswith("-") else math.inf
    return math.nan if NAN.match(text) else text
