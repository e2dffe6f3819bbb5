"""An answer in words: the texts that its ids stand for.

Covers every type. Does not cover whether the answer is right, nor formulas in its texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder.quiz_types import (
    Answer,
    Columns,
    Filled,
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
from autograder.types import NOTHING, Text


def in_words(body: StudentBody, answer: Answer) -> Text:
    """What an answer says. `in_words(Pile((a, b)), Picked(("b", "a"))) -> Text("second → first", …)`"""
    match body, answer:
        case Options(choices=items), Picked(ids=ids):
            return _joined("; ", (_named(items, id) for id in ids))
        case Targets(picture=picture), Picked(ids=ids):
            return _joined("; ", (_named(picture.targets, id) for id in ids))
        case Pile(items=items), Picked(ids=ids):
            return _joined(" → ", (_named(items, id) for id in ids))
        case Columns(lefts=lefts, rights=rights), Filled(slots=slots):
            pairs = ((each, slots[each.id]) for each in lefts if each.id in slots)
            return _joined("; ", (_joined(" → ", (left.text, _named(rights, right))) for left, right in pairs))
        case Gaps(gaps=gaps), Filled(slots=slots):
            return _joined("; ", (_named(gap.options, slots.get(gap.id, "…")) for gap in gaps))
        case Grid() as grid, Filled(slots=slots):
            return _rows(grid, slots)
        case _, Typed(text=text):
            return Text(text, text)
    return NOTHING


def _named(items: Iterable[Item], id: str) -> Text:
    return next((each.text for each in items if each.id == id), Text(id, id))


def _joined(mark: str, texts: Iterable[Text]) -> Text:
    parts = list(texts)
    return Text(mark.join(each.en for each in parts), mark.join(each.fr for each in parts))


def _rows(grid: Grid, slots: Mapping[str, str]) -> Text:
    """A vector as `[a, b]`, a matrix as `[[a, b], [c, d]]`; what is switched off is 0."""
    cells = [_cell(slots.get(id, ""), grid.boolean) for id in grid.cells]
    width = grid.shape[-1]
    rows = [f"[{', '.join(cells[start : start + width])}]" for start in range(0, len(cells), width)]
    whole = rows[0] if len(grid.shape) == 1 else f"[{', '.join(rows)}]"
    return Text(whole, whole)


def _cell(text: str, boolean: bool) -> str:
    if boolean:
        return "1" if text.strip().lower() == "true" else "0"
    return text.strip() or "…"
