"""An answer from Python values, as one gives it in a notebook: numbers of choices, texts, lists.

Covers every type. Does not cover whether the answer is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.quiz_types import (
    Answer,
    Columns,
    Filled,
    Gap,
    Gaps,
    Grid,
    Item,
    Options,
    Picked,
    Pile,
    StudentBody,
    Targets,
    Typed,
)


def from_python(body: StudentBody, value: Any) -> Answer:
    """The answer that a value stands for. `from_python(Options((a, b, c), many=True), [1, 3]) -> Picked(("a", "c"))`

    Choices are named by their numbers, from 1. Raises ValueError, which says what was expected.
    """
    match body:
        case Options(choices=items, many=many):
            return Picked(_ids(items, value, many))
        case Targets(picture=picture, many=many):
            return Picked(_ids(picture.targets, value, many))
        case Pile(items=items):
            order = _ids(items, value, many=True)
            if len(order) != len(items):
                raise ValueError(f"expected every number from 1 to {len(items)} once, in the right order")
            return Picked(order)
        case Columns(lefts=lefts, rights=rights):
            values = _of_length(value, len(lefts))
            return Filled({left.id: _id(rights, each) for left, each in zip(lefts, values, strict=True)})
        case Gaps(gaps=gaps):
            values = _of_length(value if isinstance(value, (list, tuple)) else [value], len(gaps))
            return Filled({gap.id: _in_gap(gap, each) for gap, each in zip(gaps, values, strict=True)})
        case Grid() as grid:
            return Filled(dict(zip(grid.cells, _cells(grid, value), strict=True)))
        case _:
            return Typed(str(value))


def _ids(items: Sequence[Item], value: Any, many: bool) -> tuple[str, ...]:
    picked = value if isinstance(value, (list, tuple, set)) else [value]
    ids = tuple(dict.fromkeys(_id(items, each) for each in picked))
    if not many and len(ids) != 1:
        raise ValueError("expected one number")
    return ids


def _id(items: Sequence[Item], number: Any) -> str:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(items):
        raise ValueError(f"expected numbers from 1 to {len(items)}, not {number!r}")
    return items[number - 1].id


def _of_length(value: Any, length: int) -> Sequence[Any]:
    if not isinstance(value, (list, tuple)) or len(value) != length:
        raise ValueError(f"expected a list of {length}")
    return value


def _in_gap(gap: Gap, value: Any) -> str:
    return _id(gap.options, value) if gap.options else str(value)


def _cells(grid: Grid, value: Any) -> list[str]:
    """The cells row by row, switched on and off as `true` and `false`."""
    rows = [value] if len(grid.shape) == 1 else _of_length(value, grid.shape[0])
    cells = [cell for row in rows for cell in _of_length(row, grid.shape[-1])]
    return [("true" if cell else "false") if grid.boolean else str(cell) for cell in cells]
