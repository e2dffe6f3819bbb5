"""How one collected test is run: at once where it needs nothing of pytest, else by pytest's own protocol.

Covers telling the two apart. Pytest's set-up, hooks and tear-down take longer than most tests of a hidden suite, which
want the suite's own fixtures and parameters only. Does not cover what a result means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

_MARKS = frozenset(("group", "parametrize"))  # others may skip a test, or ask for more fixtures


@dataclass(frozen=True)
class Plain:
    """A test function with its parameters and the names of the fixtures that it wants besides."""

    test: Callable[..., None]
    parameters: Mapping[str, Any]
    wants: tuple[str, ...]

    def run(self, fixtures: Mapping[str, Callable[[], Any]]) -> None:
        self.test(**self.parameters, **{name: fixtures[name]() for name in self.wants})


def plain(item: pytest.Item, ours: frozenset[str]) -> Plain | None:
    """The test as a plain call, when it wants fixtures of `ours` and parameters only; None when pytest must run it."""
    if not isinstance(item, pytest.Function) or item.cls is not None:
        return None
    marks = list(item.iter_markers())
    if {mark.name for mark in marks} - _MARKS or any(mark.kwargs.get("indirect") for mark in marks):
        return None
    known = item._fixtureinfo
    parameters = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    wants = tuple(name for name in known.argnames if name not in parameters)
    others = set(known.names_closure) - parameters.keys() - ours - {"request"}  # which `ours` may want themselves
    replaced = any(len(known.name2fixturedefs[name]) > 1 for name in ours & set(known.names_closure))
    if others or replaced or "request" in wants:
        return None
    return Plain(item.obj, parameters, wants)
