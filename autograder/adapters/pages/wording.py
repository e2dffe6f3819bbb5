"""Numbers, dates and spaces as each language writes them.

Covers English and French. Does not cover the sentences themselves, which stand beside what they describe.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta

from autograder.types import Language, Text

NBSP = "\u00a0"
NARROW = "\u202f"

_MONTHS = {
    "en": [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ],
    "fr": [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre", "décembre",
    ],
}  # fmt: skip
_BEFORE_MARK = re.compile(r"[ \u00a0\u202f]+([;?!»%])(?=[\s).,»]|$)")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:(?=\s|$)")
_AFTER_QUOTE = re.compile(r"«[ \u00a0\u202f]+")


def typeset(text: str, language: Language) -> str:
    """French spaces made unbreakable. `typeset("quoi ?", "fr") -> "quoi\\u202f?"`; English is left as it is."""
    if language == "en":
        return text
    text = _BEFORE_COLON.sub(f"{NBSP}:", _BEFORE_MARK.sub(rf"{NARROW}\1", text))
    return _AFTER_QUOTE.sub(f"«{NBSP}", text).replace(f"{NARROW}»", f"{NBSP}»").replace(f"{NARROW}%", f"{NBSP}%")


def number(value: float, language: Language, digits: int = 2) -> str:
    """At most `digits` decimals, none that say nothing. `number(13.50, "fr") -> "13,5"`"""
    shown = f"{value:.{digits}f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    shown = "0" if shown == "-0" else shown
    return shown.replace(".", ",") if language == "fr" else shown


def percent(share: float, language: Language) -> str:
    """A whole percentage, halves up. `percent(0.755, "fr") -> "76 %"` with an unbreakable space."""
    shown = str(math.floor(share * 100 + 0.5))
    return f"{shown}{NBSP}%" if language == "fr" else f"{shown}%"


def percent_points(share: float, language: Language) -> str:
    """A difference of two shares. `percent_points(-0.125, "en") -> "−12 pts"`"""
    shown = math.floor(abs(share) * 100 + 0.5)
    sign = "" if shown == 0 else "−" if share < 0 else "+"
    return f"{sign}{shown}{NBSP}{Text('pts', 'pts').say(language)}"


def count(value: float, one: Text, many: Text, language: Language) -> str:
    """A number with its noun: English counts one as singular, French all below two.

    `count(1.5, Text("point", "point"), Text("points", "points"), "fr") -> "1,5 point"`
    """
    singular = abs(value) < 2 if language == "fr" else value == 1
    return f"{number(value, language)}{NBSP}{(one if singular else many).say(language)}"


def points(value: float, language: Language) -> str:
    """`points(13.5, "fr") -> "13,5 points"`"""
    return count(value, Text("point", "point"), Text("points", "points"), language)


def score(value: float, top: float, language: Language) -> str:
    """`score(13.5, 20, "en") -> "13.5 of 20 points"`, `score(13.5, 20, "fr") -> "13,5 points sur 20"`"""
    if language == "fr":
        return f"{points(value, 'fr')} sur{NBSP}{number(top, 'fr')}"
    return f"{number(value, 'en')} of {points(top, 'en')}"


def moment(when: datetime, language: Language) -> str:
    """Day and minute, with the zone when it is known.

    `moment(datetime(2026, 3, 1, 9, 5, tzinfo=UTC), "fr") -> "1er mars 2026 à 9 h 05 (UTC)"`
    """
    month = _MONTHS[language][when.month - 1]
    zone = when.tzname()
    if language == "fr":
        day = "1er" if when.day == 1 else str(when.day)
        shown = f"{day}{NBSP}{month} {when.year} à {when.hour}{NBSP}h{NBSP}{when.minute:02d}"
        return shown + (f" ({zone})" if zone else "")
    shown = f"{when.day}{NBSP}{month} {when.year}, {when.hour:02d}:{when.minute:02d}"
    return shown + (f" {zone}" if zone else "")


def duration(seconds: float, language: Language) -> str:
    """The two largest units, rounded down. `duration(93_600, "en") -> "1 day 2 hours"`"""
    total = int(timedelta(seconds=seconds).total_seconds())
    sizes = (
        (total // 86_400, Text("day", "jour"), Text("days", "jours")),
        (total % 86_400 // 3600, Text("hour", "heure"), Text("hours", "heures")),
        (total % 3600 // 60, Text("minute", "minute"), Text("minutes", "minutes")),
    )
    shown = [count(value, one, many, language) for value, one, many in sizes if value]
    if not shown:
        return Text("less than a minute", "moins d'une minute").say(language)
    return (" et " if language == "fr" else " ").join(shown[:2])
