"""Numbers as students write them, in English and French notation.

Covers decimal and thousands marks, exponents, fractions, powers, percent and a unit behind. Does not cover arithmetic.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from autograder.types import Language

LONGEST = 100  # characters
_SUPERSCRIPTS = {ord(sign): f"{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {ord("⁻"): "-"}
_MINUS = {ord(sign): "-" for sign in "−–‑‒"}
_TIMES = {ord(sign): "*" for sign in "×·⋅∙"}
_DIGITS = r"\d[\d.,_ ]*"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)\s*(?P<mantissa>{_DIGITS}|[.,]\d+)"
    r"(?:[eE](?P<e>[+-]?\d{1,3})|\s*\*\s*10\s*(?:\^|\*\*)\s*\(?(?P<ten>[+-]?\d{1,3})\)?"
    rf"|\s*(?:\^|\*\*)\s*\(?(?P<power>[+-]?\d{{1,3}})\)?|\s*/\s*(?P<below>{_DIGITS}))?"
    r"\s*(?P<unit>[^\d\s].*)?"
)


@dataclass(frozen=True)
class Quantity:
    """A number and the unit that was written behind it, if any."""

    value: float
    unit: str | None


def read_number(text: str, language: Language) -> Quantity | None:
    """The number in a text, None when it is not one. `read_number("1 234,5 Mio", "fr") -> Quantity(1234.5, "Mio")`

    A lone comma before three digits is the thousands mark in English and the decimal one in French.
    """
    found = _NUMBER.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    if found is None:
        return None
    digits = _decimal(found["mantissa"], language)
    if digits is None:
        return None
    try:
        value = _scaled(digits, found, language)
    except (ArithmeticError, TypeError):
        return None
    unit = (found["unit"] or "").strip() or None
    value = -value if found["sign"] == "-" else value
    return Quantity(value, unit) if math.isfinite(value) else None


def _plain(text: str) -> str:
    """One kind of minus, space and multiplication sign; superscripts as `^n`."""
    text = re.sub(r"[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: "^" + found[0].translate(_SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFC", text).translate(_MINUS | _TIMES)
    return " ".join(text.split())


def _scaled(digits: str, found: re.Match[str], language: Language) -> float:
    """The value of digits under what follows them: a divisor, a power or an exponent of ten."""
    if found["below"] is not None:
        below = _decimal(found["below"], language)
        return float(digits) / float(below) if below is not None else math.nan
    if found["power"] is not None:
        return float(float(digits) ** int(found["power"]))
    return float(f"{digits}e{found['e'] or found['ten'] or 0}")


def _decimal(digits: str, language: Language) -> str | None:
    """Digits with marks as Python writes them: `1,234.5`, `1 234,5` -> `1234.5`; None when the marks make no sense."""
    digits = digits.strip()
    marks = [mark for mark in digits if mark in ".,"]
    decimal = marks[-1] if marks and digits.count(marks[-1]) == 1 else ""
    if decimal == "," and len(marks) == 1 and language == "en" and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        decimal = ""
    whole, _, fraction = digits.partition(decimal) if decimal else (digits, "", "")
    groups = re.split(r"[.,_ ]", whole)
    separators = set(re.findall(r"[.,_ ]", whole))
    grouped = len(groups) == 1 or (
        len(separators) == 1 and 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    )
    text = f"{''.join(groups) or '0'}.{fraction or '0'}"
    return text if grouped and re.fullmatch(r"\d+\.\d+", text, re.ASCII) else None
