"""Asks the questions of a quiz in a terminal, whatever their type.

Covers showing a question and reading an answer to it, line by line. Does not cover what becomes of the answers
(`taking`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text as RichText

from autograder.adapters.pages.markdown import tokens
from autograder.adapters.pages.wording import points
from autograder.entry.console import plain, readable
from autograder.pure.quizzes.units import spelled
from autograder.quiz_types import (
    Answer,
    Columns,
    Drawing,
    Filled,
    Gaps,
    Grid,
    Item,
    Line,
    Listing,
    Matrix,
    Options,
    Picked,
    Pile,
    StudentQuestion,
    Targets,
    Typed,
)
from autograder.types import Language, Text

PICK_ONE = Text("number", "numéro")
PICK_MANY = Text("numbers, with spaces between", "numéros, séparés par des espaces")
ORDER = Text("numbers in the right order", "numéros dans le bon ordre")
WRITE = Text("answer", "réponse")
WRITE_LINES = Text("answer; end with an empty line", "réponse ; terminez par une ligne vide")


@dataclass(frozen=True)
class Terminal:
    """Where a quiz is asked: what shows it, what reads a line, and the language. `read` raises EOFError at the end."""

    console: Console
    read: Callable[[str], str]
    language: Language

    def say(self, text: Text, style: str = "") -> None:
        """A text of the quiz, its Markdown and formulas made readable."""
        shown = Markdown("")
        shown.parsed = tokens(text.say(self.language), self.language)
        self.console.print(shown, style=style)

    def tell(self, text: Text, style: str = "") -> None:
        """A sentence of ours."""
        self.console.print(readable(text.say(self.language)), style=style)

    def line(self, text: Text) -> str:
        """One line of a text of the quiz."""
        return readable(text.say(self.language))


def show(terminal: Terminal, question: StudentQuestion, number: int, count: int) -> None:
    """The question: its number, its points, its text and what it is about."""
    worth = points(question.points, terminal.language)
    terminal.console.print()
    terminal.console.rule(f"[bold]{number}/{count}[/bold] · {plain(worth)}", align="left")
    prompt = question.prompt
    if isinstance(question.body, Gaps):
        for place, gap in enumerate(question.body.gaps, 1):
            # The blanks are asked for by these numbers.
            prompt = Text(
                *(each.replace(f"{{{{{gap.id}}}}}", f"({place})\u00a0____") for each in (prompt.en, prompt.fr))
            )
    terminal.say(prompt)
    match question.body:
        case Line(code=str() as code) | Targets(picture=Listing(code=code)):
            listed = isinstance(question.body, Targets)
            terminal.console.print(Syntax(code.rstrip(), "python", line_numbers=listed, background_color="default"))
        case Targets(picture=Matrix() as matrix):
            terminal.console.print(_matrix(terminal, matrix))
        case Targets(picture=Drawing(alt=alt)):
            terminal.say(alt, style="italic")


def list_choices(terminal: Terminal, question: StudentQuestion) -> None:
    """The numbers by which what can be picked is named; nothing for what is written."""
    match question.body:
        case Options(choices=items) | Pile(items=items) | Columns(rights=items):
            _list(terminal, items)
        case Targets(picture=picture):
            _list(terminal, picture.targets)
        case Gaps(gaps=gaps):
            for place, gap in enumerate(gaps, 1):
                if gap.options:
                    terminal.console.print(f"({place})")
                    _list(terminal, gap.options)


def ask(terminal: Terminal, question: StudentQuestion) -> Answer | None:
    """The answer that is given; None when the question is left out. Raises EOFError at the end of the input."""
    match question.body:
        case Options(choices=choices, many=many):
            return _picked(terminal, choices, many)
        case Targets(picture=picture, many=many):
            return _picked(terminal, picture.targets, many)
        case Pile(items=items):
            return _ordered(terminal, items)
        case Columns(lefts=lefts, rights=rights):
            _list(terminal, rights)
            return _filled({left.id: _choice(terminal, left.text, rights) for left in lefts})
        case Gaps(gaps=gaps):
            return _filled({gap.id: _gap(terminal, place, gap.options) for place, gap in enumerate(gaps, 1)})
        case Grid() as grid:
            return _grid(terminal, grid)
        case Line(tall=False, unit=unit):
            what = Text(f"{WRITE.en} ({spelled(unit, 'en')})", f"{WRITE.fr} ({spelled(unit, 'fr')})") if unit else WRITE
            text = _line(terminal, what)
            return Typed(text) if text else None
        case _:
            return _lines(terminal)


def _line(terminal: Terminal, what: Text) -> str:
    return terminal.read(f"{what.say(terminal.language)}> ").strip()


def _lines(terminal: Terminal) -> Answer | None:
    terminal.tell(WRITE_LINES, style="dim")
    written: list[str] = []
    while line := terminal.read("> ").rstrip():
        written.append(line)
    return Typed("\n".join(written)) if written else None


def _list(terminal: Terminal, items: Sequence[Item]) -> None:
    for number, item in enumerate(items, 1):
        terminal.console.print(Padding(f"[bold]{number}[/bold]  {terminal.line(item.text)}", (0, 0, 0, 2)))


def _numbers(
    terminal: Terminal, what: Text, items: Sequence[Item], fault: Callable[[list[int]], Text | None]
) -> list[str]:
    """Ids by the numbers that are typed; asks again while there is something wrong with them."""
    while line := _line(terminal, what):
        parts = line.replace(",", " ").split()
        picked = [int(each) for each in parts if each.isascii() and each.isdigit()]
        there = len(picked) == len(parts) and all(1 <= each <= len(items) for each in picked)
        most = len(items)
        numbers = Text(f"Type numbers from 1 to {most}.", f"Tapez des nombres de 1 à {most}.")
        wrong = fault(picked) if there else numbers
        if wrong is None:
            return [items[each - 1].id for each in dict.fromkeys(picked)]
        terminal.tell(wrong, style="yellow")
    return []


def _just_one(picked: list[int]) -> Text | None:
    return None if len(picked) == 1 else Text("Choose one.", "Choisissez-en un seul.")


def _picked(terminal: Terminal, items: Sequence[Item], many: bool) -> Answer | None:
    _list(terminal, items)
    ids = _numbers(terminal, PICK_MANY if many else PICK_ONE, items, (lambda _: None) if many else _just_one)
    # In the order shown, as a page gives them.
    return Picked(tuple(each.id for each in items if each.id in ids)) if ids else None


def _ordered(terminal: Terminal, items: Sequence[Item]) -> Answer | None:
    def all_once(picked: list[int]) -> Text | None:
        if sorted(picked) == list(range(1, len(items) + 1)):
            return None
        return Text("Give every number once.", "Donnez chaque numéro une fois.")

    _list(terminal, items)
    ids = _numbers(terminal, ORDER, items, all_once)
    return Picked(tuple(ids)) if ids else None


def _choice(terminal: Terminal, what: Text, items: Sequence[Item]) -> str:
    """The id of one item, empty when it is left out."""
    asked = Text(terminal.line(what), terminal.line(what))
    return next(iter(_numbers(terminal, asked, items, _just_one)), "")


def _gap(terminal: Terminal, place: int, options: Sequence[Item]) -> str:
    what = Text(f"({place})", f"({place})")
    if not options:
        return _line(terminal, what)
    _list(terminal, options)
    return _choice(terminal, what, options)


def _grid(terminal: Terminal, grid: Grid) -> Answer | None:
    """A row at a time."""
    how = Text(
        f"{grid.shape[-1]} values a row, with spaces between" + ("; 1 is on, 0 is off" if grid.boolean else ""),
        f"{grid.shape[-1]} valeurs par ligne, séparées par des espaces"
        + (" ; 1 : allumé, 0 : éteint" if grid.boolean else ""),
    )
    terminal.tell(how, style="dim")
    width, cells = grid.shape[-1], list(grid.cells)
    slots: dict[str, str] = {}
    for row, start in enumerate(range(0, len(cells), width)):
        values = _row(terminal, row, grid)
        slots |= dict(zip(cells[start : start + width], values, strict=False))
    return _filled(slots)


def _row(terminal: Terminal, row: int, grid: Grid) -> list[str]:
    name = Text(f"row {row}", f"ligne {row}") if len(grid.shape) > 1 else WRITE
    while line := _line(terminal, name):
        values = line.replace(";", " ").split()
        if len(values) == grid.shape[-1] and not (grid.boolean and set(values) - {"0", "1"}):
            return [{"1": "true", "0": "false"}[each] for each in values] if grid.boolean else values
        how = f"{grid.shape[-1]} × 0/1" if grid.boolean else str(grid.shape[-1])
        terminal.tell(Text(f"Values expected: {how}.", f"Valeurs attendues : {how}."), style="yellow")
    return []


def _filled(slots: dict[str, str]) -> Answer | None:
    given = {id: text for id, text in slots.items() if text}
    return Filled(given) if given else None


def _matrix(terminal: Terminal, matrix: Matrix) -> Table:
    table = Table(show_lines=True)
    table.add_column("")
    for column in matrix.columns:
        table.add_column(terminal.line(column))
    for row, name in enumerate(matrix.rows):
        texts = matrix.cells[row] if matrix.cells else [""] * len(matrix.columns)
        table.add_row(RichText(name.say(terminal.language), style="bold"), *(plain(each) for each in texts))
    return table
