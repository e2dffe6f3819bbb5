"""Units of the numbers that quizzes ask for, in English and French.

Covers bytes and bits (binary and decimal), seconds, operations and percent. Does not cover compound units.
"""

from __future__ import annotations

from autograder.quiz_types import Number
from autograder.types import Language

_DECIMAL = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15}
_BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_BASES = {
    "B": ("bytes", 8),
    "o": ("bytes", 8),
    "bit": ("bytes", 1),
    "b": ("bytes", 1),
    "FLOP": ("operations", 1),
    "FLOP/s": ("operations per second", 1),
    "Hz": ("frequency", 1),
}
_TABLE: dict[str, tuple[str, Number]] = {
    prefix + base: (dimension, factor * size)
    for base, (dimension, size) in _BASES.items()
    for prefix, factor in {**_DECIMAL, **(_BINARY if dimension == "bytes" else {})}.items()
}
_TABLE |= {
    "byte": ("bytes", 8),
    "bytes": ("bytes", 8),
    "octet": ("bytes", 8),
    "octets": ("bytes", 8),
    "bits": ("bytes", 1),
    "FLOPs": ("operations", 1),
    "FLOPS": ("operations per second", 1),
    "ns": ("time", 1e-9),
    "us": ("time", 1e-6),
    "µs": ("time", 1e-6),
    "ms": ("time", 1e-3),
    "s": ("time", 1),
    "min": ("time", 60),
    "h": ("time", 3600),
    "j": ("time", 86400),
    "d": ("time", 86400),
    "%": ("share", 0.01),
    "bits/s": ("rate", 1),
    "token": ("tokens", 1),
    "tokens": ("tokens", 1),
    "jeton": ("tokens", 1),
    "jetons": ("tokens", 1),
}
_FRENCH = {"KB": "kB", "Ko": "ko", "Kb": "kb", "Kbit": "kbit"}  # written with a capital K more often than not


def known(unit: str) -> bool:
    """Whether a unit can be converted. `known("MiB") -> True`"""
    return _canonical(unit) in _TABLE


def compatible(one: str, other: str) -> bool:
    """Whether two units measure the same thing. `compatible("GiB", "Mo") -> True`"""
    return known(one) and known(other) and _entry(one)[0] == _entry(other)[0]


def same(one: str, other: str) -> bool:
    """Whether two units are one under two names. `same("MiB", "Mio") -> True`"""
    return one == other or (compatible(one, other) and _entry(one)[1] == _entry(other)[1])


def names_of(unit: str) -> tuple[str, ...]:
    """Every way to write a unit. `names_of("MiB") -> ("MiB", "Mio")`"""
    return tuple(dict.fromkeys(each for each in (unit, *_TABLE, *_FRENCH, "μs") if same(each, unit)))


def spelled(unit: str, language: Language) -> str:
    """A unit as it is written in a language. `spelled("MiB", "fr") -> "Mio"`"""
    octets = f"{unit[:-1]}o"
    return octets if language == "fr" and unit.endswith("B") and octets in _TABLE else unit


def convert(value: float, unit: str, to: str) -> float:
    """A value in another unit. `convert(1.0, "GiB", "MiB") -> 1024.0`. Raises ValueError if that makes no sense."""
    if not compatible(unit, to):
        raise ValueError(f"{unit} cannot be converted to {to}")
    return value * _entry(unit)[1] / _entry(to)[1]


def _canonical(unit: str) -> str:
    return _FRENCH.get(unit, unit).replace("μ", "µ")


def _entry(unit: str) -> tuple[str, Number]:
    return _TABLE[_canonical(unit)]
