"""Grids and pictures as items of a bank: tensors to fill in, masks to switch, cells, lines and regions to point at.

Covers what a student answers and the table, code or picture below the prompt. Does not cover the other types
(`natural`).
"""

from __future__ import annotations

from autograder.adapters.quizzes.exchange.bank import (
    Body,
    Gaps,
    Html,
    Numbers,
    Option,
    Pick,
    Picture,
    Spot,
    Spots,
    Value,
    balanced,
)
from autograder.adapters.quizzes.exchange.markup import code, text, to_html
from autograder.pure.quizzes.expression import evaluate
from autograder.quiz_types import Drawing, Grid, Hotspot, Listing, Matrix, Tensor
from autograder.types import Language, Text

_ROW, _COLUMN = Text("row", "ligne"), Text("column", "colonne")


def ticks(body: Tensor, language: Language) -> Pick:
    """A mask as cells to tick."""
    names = Grid(body.shape, True).cells
    right = body.cells.count("true")
    plus, minus = balanced(right, len(names) - right)
    options = []
    for name, cell in zip(names, body.cells, strict=True):
        *row, column = (int(each) + 1 for each in name.split(","))
        label = "".join(f"{_ROW.say(language)} {each}, " for each in row) + f"{_COLUMN.say(language)} {column}"
        options.append(Option(label, plus if cell == "true" else minus, id=f"cell-{name.replace(',', '-')}"))
    return Pick(tuple(options), many=True, exact=not body.per_cell)


def cells(body: Tensor) -> tuple[Gaps, Html]:
    """A tensor of numbers as a table of gaps."""
    names = [f"c{each.replace(',', '_')}" for each in Grid(body.shape, body.boolean).cells]
    numbers = [float(evaluate(cell, {})) for cell in body.cells]
    gaps = tuple(
        (name, Numbers((Value(number, body.atol + body.rtol * abs(number)),)))
        for name, number in zip(names, numbers, strict=True)
    )
    width = body.shape[-1]
    rows = [names[start : start + width] for start in range(0, len(names), width)]
    lines = "".join("<tr>" + "".join(f"<td>{{{{{name}}}}}</td>" for name in row) + "</tr>" for row in rows)
    return Gaps(gaps), f"<table><tbody>{lines}</tbody></table>"


def hotspot(body: Hotspot, language: Language) -> tuple[Body, Html, Picture | None]:
    """Regions to point at, or a list of cells or lines with the table or the code below the prompt."""
    targets = body.picture.targets
    plus, minus = balanced(len(body.correct), len(targets) - len(body.correct), body.many)
    exact = body.many and body.scoring == "all-or-nothing"
    shares = {each.id: plus if each.id in body.correct else minus for each in targets}
    remarks = {each.target: to_html(each.why.say(language), language) for each in body.traps}
    if isinstance(body.picture, Drawing):
        spots = tuple(
            Spot(
                id=each.id,
                label=to_html(each.label.say(language), language),
                box=(each.x, each.y, each.width, each.height),
                share=shares[each.id],
                feedback=remarks.get(each.id, ""),
            )
            for each in body.picture.regions
        )
        return Spots(spots, body.many, exact), "", Picture(body.picture.svg, body.picture.alt.say(language))
    options = tuple(
        Option(
            text=_label(body.picture, each.id, each.text, language),
            share=shares[each.id],
            feedback=remarks.get(each.id, ""),
            id=f"at-{each.id.replace(',', '-')}",
        )
        for each in targets
    )
    below = _matrix(body.picture, language) if isinstance(body.picture, Matrix) else code(body.picture.code)
    return Pick(options, body.many, exact), below, None


def _label(picture: Matrix | Listing, id: str, label: Text, language: Language) -> Html:
    """Lines of code are no Markdown."""
    if isinstance(picture, Matrix):
        return to_html(label.say(language), language)
    line = picture.code.splitlines()[int(id) - 1].strip()
    place = Text(f"line {id}:", f"ligne {id} :").say(language)
    return f"{to_html(place, language)} <code>{text(line)}</code>"


def _matrix(picture: Matrix, language: Language) -> Html:
    def row(cells: list[str], tags: list[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for tag, cell in zip(tags, cells, strict=True)) + "</tr>"

    heads = [to_html(each.say(language), language) for each in picture.columns]
    top = row(["", *heads], ["th"] * (len(heads) + 1))
    body = ""
    for index, each in enumerate(picture.rows):
        cells = [to_html(cell, language) for cell in picture.cells[index]] if picture.cells else [""] * len(heads)
        body += row([to_html(each.say(language), language), *cells], ["th"] + ["td"] * len(heads))
    return f"<table><thead>{top}</thead><tbody>{body}</tbody></table>"
