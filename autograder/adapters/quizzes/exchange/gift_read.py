"""GIFT, read strictly: a file that Moodle, a person or `gift` wrote.

Covers every kind of question of the format, with all that is wrong told at once, with its line. A sign of the syntax
where none belongs is an error, never a guess. Does not cover what a quiz of ours makes of it (`lift`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.adapters.quizzes.exchange.bank import (
    Bank,
    Body,
    Html,
    Item,
    Loss,
    Numbers,
    Open,
    Option,
    Pairs,
    Pick,
    TrueFalse,
    Value,
    Word,
    Words,
    distinct,
    slug,
)
from autograder.adapters.quizzes.exchange.fit import lettered
from autograder.adapters.quizzes.exchange.gift import DRAWN, SPECIAL
from autograder.adapters.quizzes.exchange.markup import text, to_html
from autograder.adapters.quizzes.exchange.places import language_of, name_of
from autograder.adapters.quizzes.exchange.shares import share_of
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem

_PLANE = 0xF0000  # private characters stand for escaped signs while the syntax is read
_PRIVATE = re.compile("[\U000f0000-\U000f007f]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_FORMATS = ("html", "markdown", "plain", "moodle")
_SPACE = re.compile(r"\s*\n\s*")


class _Wrong(Exception):
    """What is wrong with a question, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class _Block:
    """A paragraph of the file; `line` is its first."""

    line: int
    text: str


def read(file: Path, content: bytes) -> tuple[Bank, tuple[Loss, ...]]:
    """The bank in a file. Raises CourseError with everything that is wrong in it."""
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CourseError(problem(Location(shown(file), line), "not UTF-8", "save the file as UTF-8")) from None
    items: list[Item] = []
    wrong, title, group = [], "", ""
    for block in _blocks(source):
        try:
            if block.text.startswith("$CATEGORY:"):
                path = re.split(r"(?<!/)/(?!/)", block.text.partition(":")[2].strip())
                names = [_restored(part).replace("//", "/") for part in path if part not in ("$course$", "top")]
                title = title or (names[0] if names else "")
                group = names[-1].removeprefix(DRAWN) if names and names[-1].startswith(DRAWN) else ""
            else:
                items.append(replace(_item(block.text, f"q{len(items) + 1}"), group=group))
        except _Wrong as error:
            wrong.append(problem(Location(shown(file), block.line), error.what, error.remedy))
    if wrong:
        raise CourseError(wrong)
    ids = distinct([item.id for item in items])
    named = tuple(replace(item, id=id) for item, id in zip(items, ids, strict=True))
    return Bank(name_of(file), title or name_of(file), language_of(file), named), ()


def _blocks(source: str) -> Iterator[_Block]:
    """Paragraphs without comments, escaped signs put out of the way. A line of a category is one of its own."""
    lines: list[str] = []
    first = 0
    for number, line in enumerate([*source.replace("\r\n", "\n").split("\n"), ""], 1):
        bare = line.strip()
        if (not bare or bare.startswith("$CATEGORY:")) and any(lines):
            yield _Block(first, _protected("\n".join(lines)).strip())
            lines = []
        if bare.startswith("$CATEGORY:"):
            yield _Block(number, _protected(bare))
        elif bare and not bare.startswith("//"):
            first = first if lines else number
            lines.append(line)


def _protected(source: str) -> str:
    source = _PRIVATE.sub("", source)

    def private(found: re.Match[str]) -> str:
        return chr(_PLANE + ord("\n" if found[1] == "n" else found[1]))

    return re.sub(rf"\\([{re.escape(SPECIAL)}n])", private, source)


def _restored(source: str) -> str:
    return _PRIVATE.sub(lambda found: chr(ord(found[0]) - _PLANE), source.strip()).strip()


def _item(block: str, fallback: str) -> Item:
    name = ""
    if block.startswith("::"):
        name, closed, block = block[2:].partition("::")
        if not closed:
            raise _Wrong("the name is not closed", "write ::name::, or \\:\\: for the signs")
    asked, answers = _parted(block)
    answers, general = answers.rsplit("####", 1) if "####" in answers else (answers, "")
    form, asked = _form(asked, "moodle")
    why = _said(general, form)
    body = lettered(_body(answers.strip(), form))
    return Item(slug(_restored(name) or _restored(asked)[:40], fallback), _html(asked, form), body, why=why)


def _parted(block: str) -> tuple[str, str]:
    """The text and what stands in its one pair of braces, which leaves a gap when text follows."""
    opened, closed = block.count("{"), block.count("}")
    if (opened, closed) == (0, 0):
        raise _Wrong("no answers in {…}", "add them; {} asks for an essay")
    if (opened, closed) != (1, 1) or block.index("{") > block.index("}"):
        what = f"{opened} times '{{' and {closed} times '}}'"
        raise _Wrong(what, "keep one pair around the answers; write \\{ and \\} for the signs")
    before, _, rest = block.partition("{")
    answers, _, after = rest.partition("}")
    return (f"{before}_____{after}" if after.strip() else before), answers


def _form(source: str, default: str) -> tuple[str, str]:
    found = re.match(r"\s*\[(\w+)\]", source)
    return (found[1], source[found.end() :]) if found and found[1] in _FORMATS else (default, source)


def _said(source: str, form: str) -> Html:
    return _html(*reversed(_form(source, form)))


def _html(source: str, form: str) -> Html:
    source = _restored(_SPACE.sub(" ", source) if form == "html" else source)
    if form == "html":
        return source
    return to_html(source, "en") if form == "markdown" else text(source).replace("\n", "<br />")


def _body(answers: str, form: str) -> Body:
    if not answers:
        return Open()
    if answers.startswith("#"):
        return _numbers(answers[1:], form)
    if "~" in answers:
        return _pick(answers, form)
    parts = _alternatives(answers, "=") if answers.startswith("=") else []
    if parts and all("->" in part and not _WEIGHT.match(part) for part in parts):
        return _pairs(parts, form)
    if parts:
        return Words(tuple(Word(_restored(answer), share, why) for share, answer, why in map(_parts(form), parts)))
    return _true_false(answers, form)


def _alternatives(answers: str, sign: str) -> list[str]:
    before, *parts = answers.split(sign)
    if before.strip():
        raise _Wrong(f"'{_restored(before)[:30]}' stands before the first answer", "begin each answer with = or ~")
    parts = [part.strip() for part in parts]
    if not all(parts):
        raise _Wrong("an answer is empty", "write it, or remove its sign; \\= and \\~ are the signs themselves")
    return parts


def _parts(form: str, weight: float = 1.0) -> Callable[[str], tuple[float, str, Html]]:
    """Reads `%50%answer#feedback`."""

    def read(part: str) -> tuple[float, str, Html]:
        answer, _, feedback = part.partition("#")
        if "#" in feedback:
            raise _Wrong(f"two remarks on '{_restored(answer)[:30]}'", "keep one; write \\# for the sign")
        found = _WEIGHT.match(answer)
        share = share_of(found[1]) if found else weight
        return share, answer[found.end() :] if found else answer, _said(feedback, form)

    return read


def _pick(answers: str, form: str) -> Pick:
    marked = answers.replace("=", "~=")
    options = []
    for part in _alternatives(marked, "~"):
        right = part.startswith("=")
        share, answer, feedback = _parts(form, 0.0)(part.removeprefix("="))
        options.append(Option(_said(answer, form), 1.0 if right else share, feedback))
    if len(options) < 2:
        raise _Wrong("one choice only", "add another, or write =answer alone for a written one")
    return Pick(tuple(options), many="=" not in answers)


def _pairs(parts: list[str], form: str) -> Pairs:
    split = [part.partition("->") for part in parts]
    both = [(_said(left, form), text(_restored(right))) for left, _, right in split]
    if not all(right for _, right in both):
        raise _Wrong("a pair has no right side", "write =left -> right")
    return Pairs(tuple(pair for pair in both if pair[0]), tuple(right for left, right in both if not left))


def _numbers(answers: str, form: str) -> Numbers:
    answers = answers.partition("~")[0]  # what follows is said to any other number
    parts = _alternatives(answers, "=") if answers.strip().startswith("=") else [answers.strip()]
    values = []
    for share, answer, feedback in map(_parts(form), parts):
        number, tolerance = _range(_restored(answer))
        values.append(Value(number, tolerance, share, feedback))
    return Numbers(tuple(values))


def _range(answer: str) -> tuple[float, float]:
    """Number and tolerance of `15`, `15:0.5` or `14.5..15.5`."""
    try:
        if ".." in answer:
            low, _, high = answer.partition("..")
            return (float(low) + float(high)) / 2, abs(float(high) - float(low)) / 2
        number, _, tolerance = answer.partition(":")
        return float(number), float(tolerance or 0)
    except ValueError:
        raise _Wrong(f"'{answer[:30]}' is no number", "write 15, 15:0.5 or 14.5..15.5") from None


def _true_false(answers: str, form: str) -> TrueFalse:
    said, *remarks = answers.split("#")
    if said.strip() not in ("T", "TRUE", "F", "FALSE") or len(remarks) > 2:
        remedy = "begin each answer with = or ~, or write TRUE or FALSE"
        raise _Wrong(f"'{_restored(said)[:30]}' is no answer", remedy)
    wrong, right = [*(_said(each, form) for each in remarks), "", ""][:2]
    return TrueFalse(said.strip()[0] == "T", right, wrong)
