"""Gaps within a text as Moodle writes them: `{1:NUMERICAL:=15:0~%0%30:0#both}`.

Covers numbers, lists and words. Does not cover radio buttons, nor gaps of different weight: they are read as lists of
one point each. Source: Moodle documentation, "Embedded Answers (Cloze) question type".
"""

from __future__ import annotations

import re
from html import unescape

from autograder.adapters.quizzes.exchange.bank import (
    Gaps,
    Html,
    Numbers,
    Option,
    Pick,
    Value,
    Word,
    Words,
    written,
)
from autograder.adapters.quizzes.exchange.fit import letter
from autograder.adapters.quizzes.exchange.markup import text
from autograder.adapters.quizzes.exchange.shares import percent, share_of
from autograder.adapters.quizzes.exchange.xml import number

Gap = Pick | Numbers | Words
_KINDS = {
    "NUMERICAL": Numbers, "NM": Numbers, "SHORTANSWER": Words, "SA": Words, "MW": Words, "SHORTANSWER_C": Words,
    "SAC": Words, "MWC": Words, "MULTICHOICE": Pick, "MC": Pick, "MULTICHOICE_S": Pick, "MCS": Pick,
    "MULTICHOICE_V": Pick, "MCV": Pick, "MULTICHOICE_VS": Pick, "MCVS": Pick, "MULTICHOICE_H": Pick, "MCH": Pick,
    "MULTICHOICE_HS": Pick, "MCHS": Pick,
}  # fmt: skip
_CASE = ("SHORTANSWER_C", "SAC", "MWC")
_GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^}\\]|\\)*?)(?<!\\)\}", re.DOTALL)
_ESCAPED = re.compile(r"([~#}])")


def embed(html: Html, body: Gaps) -> Html:
    """The text with every `{{id}}` replaced by what Moodle reads there."""
    for name, gap in body.gaps:
        html = html.replace(f"{{{{{name}}}}}", _written(gap))
    return html


def extract(html: Html) -> tuple[Html, Gaps]:
    """The text with `{{a}}`, `{{b}}`, … for what Moodle embeds, and the gaps."""
    gaps: list[tuple[str, Gap]] = []

    def named(found: re.Match[str]) -> str:
        if found[2] not in _KINDS:
            return found[0]
        name = letter(len(gaps))
        gaps.append((name, _read(found[2], found[3])))
        return f"{{{{{name}}}}}"

    return _GAP.sub(named, html), Gaps(tuple(gaps))


def _written(gap: Gap) -> str:
    match gap:
        case Numbers(values=values):
            parts = [_answer(each.share, f"{written(each.number)}:{written(each.tolerance)}", each.feedback)
                     for each in values]  # fmt: skip
            return f"{{1:NUMERICAL:{'~'.join(parts)}}}"
        case Words(words=words, case=case):
            parts = [_answer(each.share, text(each.text.replace("*", "\\*")), each.feedback) for each in words]
            return f"{{1:{'SHORTANSWER_C' if case else 'SHORTANSWER'}:{'~'.join(parts)}}}"
        case Pick(options=options):
            parts = [_answer(each.share, each.text, each.feedback) for each in options]
            return f"{{1:MULTICHOICE:{'~'.join(parts)}}}"


def _answer(share: float, answer: str, feedback: Html) -> str:
    mark = "=" if share == 1 else f"%{percent(share)}%" if share else ""
    # What begins like a mark gets one of its own.
    mark = mark or ("%0%" if answer[:1] in ("=", "%") else "")
    remark = "#" + _ESCAPED.sub(r"\\\1", feedback) if feedback else ""
    return mark + _ESCAPED.sub(r"\\\1", answer) + remark


def _read(kind: str, written_: str) -> Gap:
    parts = [_parts(each) for each in re.split(r"(?<!\\)~", written_.strip()) if each]
    if _KINDS[kind] is Numbers:
        values = []
        for share, answer, feedback in parts:
            value, _, tolerance = unescape(answer).partition(":")
            values.append(Value(number(value), number(tolerance), share, feedback))
        return Numbers(tuple(values))
    if _KINDS[kind] is Words:
        words = tuple(Word(unescape(answer).replace("\\*", "*"), share, remark) for share, answer, remark in parts)
        return Words(words, kind in _CASE)
    return Pick(tuple(Option(answer, share, feedback) for share, answer, feedback in parts))


def _parts(alternative: str) -> tuple[float, str, Html]:
    """Share, answer and feedback of `=15:0#why`."""
    answer, _, feedback = re.sub(r"(?<!\\|&)#", "\x00", alternative, count=1).partition("\x00")
    share = 0.0
    if answer.startswith("="):
        share, answer = 1.0, answer[1:]
    elif found := re.match(r"%(-?[\d.]+)%", answer):
        share, answer = share_of(found[1]), answer[found.end() :]
    return share, re.sub(r"\\([~#}])", r"\1", answer).strip(), re.sub(r"\\([~#}])", r"\1", feedback).strip()
