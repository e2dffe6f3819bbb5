"""GIFT, Moodle's format in plain text, written.

Covers choices, true and false, numbers, words, pairs and essays, every sign of the syntax escaped. Does not cover gaps,
points, hints and pictures, which GIFT lacks. Source: Moodle documentation, "GIFT format".
"""

from __future__ import annotations

from pathlib import Path

from autograder.adapters.pages.folders import write_whole
from autograder.adapters.quizzes.exchange.bank import (
    Abilities,
    Bank,
    Html,
    Item,
    Numbers,
    Open,
    Option,
    Pairs,
    Pick,
    TrueFalse,
    Words,
    written,
)
from autograder.adapters.quizzes.exchange.markup import plain
from autograder.adapters.quizzes.exchange.shares import percent

ABLE = Abilities(
    name="GIFT", grades=True, gaps="none", pictures=False, case=False, arrows=False, points=False, tags=False
)
SPECIAL = "\\~=#{}:"
DRAWN = "draw-"
CATEGORY = "$CATEGORY: $course$/top/"


def write(bank: Bank, folder: Path) -> Path:
    """Writes `<id>.<language>.gift` into the folder."""
    title = bank.title.replace("/", "//")
    blocks = [CATEGORY + title]
    group = ""
    for item in bank.items:
        if item.group != group:
            group = item.group
            blocks.append(CATEGORY + title + (f"/{DRAWN}{group}" if group else ""))
        blocks.append(_question(item))
    return write_whole(folder / f"{bank.id}.{bank.language}.gift", "\n\n".join(blocks) + "\n")


def escaped(text: str) -> str:
    """A text without signs of the syntax. `escaped("a = b") -> "a \\\\= b"`"""
    return "".join(f"\\{sign}" if sign in SPECIAL else "\\n" if sign == "\n" else sign for sign in text)


def _question(item: Item) -> str:
    why = f"####{escaped(item.why)}" if item.why else ""
    return f"::{escaped(item.id)}::[html]{escaped(item.text)}{{{_answers(item)}{why}}}"


def _answers(item: Item) -> str:
    match item.body:
        case Pick(options=options, many=many):
            return _lines([_option(each, many) for each in options])
        case TrueFalse(answer=answer, right=right, wrong=wrong):
            remarks = f"#{escaped(wrong)}#{escaped(right)}" if right or wrong else ""
            return ("TRUE" if answer else "FALSE") + remarks
        case Numbers(values=values):
            lines = [f"=%{percent(each.share)}%{written(each.number)}:{written(each.tolerance)}{_remark(each.feedback)}"
                     for each in values]  # fmt: skip
            return "#" + _lines(lines)
        case Words(words=words):
            return _lines([f"=%{percent(each.share)}%{escaped(each.text)}{_remark(each.feedback)}" for each in words])
        case Pairs(pairs=pairs, extra=extra):
            # In a left text an arrow is HTML; in a right one it is past the first, which counts.
            both = (*pairs, *(("", each) for each in extra))
            return _lines([f"={escaped(left)} -> {escaped(plain(right))}" for left, right in both])
        case Open():
            return ""
    raise AssertionError(f"{type(item.body).__name__} does not fit GIFT")


def _option(option: Option, many: bool) -> str:
    if option.share == 1 and not many:
        mark = "="
    elif option.share or option.text.startswith("%"):
        mark = f"~%{percent(option.share)}%"
    else:
        mark = "~"
    return mark + escaped(option.text) + _remark(option.feedback)


def _remark(feedback: Html) -> str:
    return f"#{escaped(feedback)}" if feedback else ""


def _lines(lines: list[str]) -> str:
    return "".join(f"\n\t{line}" for line in lines) + "\n"
