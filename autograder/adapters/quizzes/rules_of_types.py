"""What must agree in the answer of each type of question.

Covers answers that exist, expressions and units, patterns, and shapes of what is filled in. Does not cover what
questions of all types share (`rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder.adapters.quizzes import build, model
from autograder.adapters.quizzes.rules import Fault, doubled, expressions
from autograder.adapters.yaml_model import Path
from autograder.pure.quizzes import expression, units
from autograder.pure.quizzes.pattern import why_refused

MOST_CELLS = 400


def of_type(question: model.AnyQuestion, mode: str) -> Iterator[Fault]:
    """Faults of a question that come from its type."""
    if mode == "survey":
        if isinstance(question, model.Single | model.Multiple):
            yield from _choices(question)
        return
    rule = _RULES.get(type(question))
    if rule is not None:
        yield from rule(question)


def _choices(question: model.Single | model.Multiple) -> Iterator[Fault]:
    yield from doubled(("choices",), "choice id", [each.id or f"\0{n}" for n, each in enumerate(question.choices)])
    for language in ("en", "fr"):
        said = [" ".join(getattr(each.text, language).split()).casefold() for each in question.choices]
        for fault in doubled(("choices",), "the text", said):
            yield fault
            break


def _single(question: model.Single) -> Iterator[Fault]:
    yield from _choices(question)
    right = sum(each.correct for each in question.choices)
    if right != 1:
        what = f"{right} choices are correct, and a 'single' question has one"
        yield Fault(("choices",), what, "mark one 'correct: true', or write 'type: multiple'")


def _multiple(question: model.Multiple) -> Iterator[Fault]:
    yield from _choices(question)
    right = sum(each.correct for each in question.choices)
    if right in (0, len(question.choices)):
        what = "no choice is correct" if right == 0 else "every choice is correct"
        yield Fault(("choices",), what, "have at least one right and one wrong choice, or ticking nothing or all wins")


def _true_false(question: model.TrueFalse) -> Iterator[Fault]:
    if question.answer is None:
        yield Fault((), "'answer' is missing", "add 'answer: true' or 'answer: false'")


def _numeric_question(question: model.NumericQuestion) -> Iterator[Fault]:
    yield from _numeric(question.answer, question.traps, (), question.params)


def _numeric(
    answer: model.NumericAnswer, traps: Sequence[model.TrapEntry], path: Path, params: dict[str, Any]
) -> Iterator[Fault]:
    at = (*path, "answer")
    if (answer.value is None) == (answer.expr is None):
        yield Fault(at, "needs either 'value' or 'expr'", "write answer: 15, or answer: {expr: '2*L'}")
    elif answer.expr is not None:
        yield from expressions(answer.expr, (*at, "expr"), params)
    if answer.value is not None and isinstance(answer.value, float) and not (answer.rtol or answer.atol):
        yield Fault(
            at, f"{answer.value} without a tolerance would have to be met to the last digit", "add rtol or atol"
        )
    for index, unit in enumerate(filter(None, [answer.unit, *answer.accept])):
        where = (*at, "unit") if index == 0 and answer.unit else (*at, "accept")
        if not units.known(unit):
            yield Fault(where, f"unit '{unit}' is unknown", "write one such as MiB, GB, ms, s, FLOP, %")
        elif answer.unit and not units.compatible(unit, answer.unit):
            yield Fault(where, f"'{unit}' does not measure what '{answer.unit}' does", "remove it")
    if answer.accept and answer.unit is None:
        yield Fault((*at, "accept"), "'accept' without 'unit'", "name the unit asked for")
    for index, trap in enumerate(traps):
        yield from expressions(trap.expr, (*path, "traps", index, "expr"), params)


def _text_question(question: model.TextQuestion) -> Iterator[Fault]:
    yield from _written(question.accept, question.traps, ())


def _written(accept: Sequence[model.AcceptEntry], traps: Sequence[model.TextTrap], path: Path) -> Iterator[Fault]:
    keyed: tuple[tuple[str, Sequence[model.AcceptEntry | model.TextTrap]], ...] = (("accept", accept), ("traps", traps))
    for key, entries in keyed:
        for index, entry in enumerate(entries):
            at = (*path, key, index)
            if (entry.text is None) == (entry.regex is None):
                yield Fault(at, "needs either 'text' or 'regex'", "write {text: …} or {regex: '…', flags: i}")
            elif entry.regex is not None and (reason := why_refused(entry.regex)):
                yield Fault((*at, "regex"), f"'{entry.regex}' {reason}", "write a simpler one, or several entries")
    if all(entry.credit < 1 for entry in accept):
        yield Fault((*path, "accept"), "no answer earns full credit", "leave 'credit' out of the best one")


def _cloze(question: model.ClozeQuestion) -> Iterator[Fault]:
    for name, blank in question.blanks.items():
        path: Path = ("blanks", name)
        match blank:
            case model.NumericBlank():
                yield from _numeric(blank.answer, blank.traps, path, question.params)
            case model.TextBlank():
                yield from _written(blank.accept, blank.traps, path)
            case model.SelectBlank():
                ids = [each.id for each in blank.options]
                yield from doubled((*path, "options"), "option", ids)
                if blank.answer not in ids:
                    what = f"answer '{blank.answer}' is not an option ({', '.join(ids)})"
                    yield Fault((*path, "answer"), what, "write one of these")


def _match(question: model.MatchQuestion) -> Iterator[Fault]:
    lefts = [pair[0].en for pair in question.pairs]
    yield from doubled(("pairs",), "the left text", lefts)
    rights = [pair[1].text() for pair in question.pairs]
    for index, each in enumerate(question.distractors):
        if each.text() in rights:
            yield Fault(("distractors", index), f"'{each.en}' is the right answer of a pair", "remove it")
    yield from doubled(("distractors",), "the text", [each.en for each in question.distractors])
    if len(set(rights)) == 1 and not question.distractors:
        yield Fault(("pairs",), "every pair has the same right text", "add distractors")


def _order(question: model.OrderQuestion) -> Iterator[Fault]:
    yield from doubled(("items",), "item", [each.en for each in question.items])


def _tensor(question: model.TensorQuestion) -> Iterator[Fault]:
    path = ("answer", "value")
    try:
        _, flat = build.cells(question.answer.value)
    except ValueError as error:
        yield Fault(path, f"the tensor is no vector or matrix: {error}", "write [1, 2] or [[1, 2], [3, 4]]")
        return
    if len(flat) > MOST_CELLS:
        yield Fault(path, f"{len(flat)} cells are too many to fill in", f"ask for {MOST_CELLS} at most")
    kinds = {type(each) for each in flat}
    if not kinds <= {bool} and not kinds <= {int, float, str}:
        yield Fault(path, "cells are booleans, or numbers and expressions", "write all of one kind")
        return
    for cell in flat:
        if isinstance(cell, str):
            yield from expressions(cell, path, question.params)
    if question.code is not None and question.params:
        yield Fault(("code",), "'code' and 'params' together", "leave one out: code does not see drawn values")


def _shape(question: model.ShapeQuestion) -> Iterator[Fault]:
    for index, dim in enumerate(question.answer):
        path = ("answer", index)
        if isinstance(dim, int) and dim < 0:
            yield Fault(path, f"dimension {dim} is negative", "write its size")
        elif isinstance(dim, str):
            try:
                expression.names(dim)
            except expression.ExpressionError as error:
                yield Fault(path, f"'{dim}' {error}", "write a name or arithmetic, as in 'B*H'")


def _output(question: model.OutputQuestion) -> Iterator[Fault]:
    if question.params:
        yield Fault(("params",), "an 'output' question has no parameters", "write two questions")
    yield from _code(question.code)


def _code(code: str) -> Iterator[Fault]:
    try:
        compile(code, "code", "exec")
    except (SyntaxError, ValueError) as error:
        yield Fault(("code",), f"not Python: {getattr(error, 'msg', error)}", "mend the code")


def _hotspot(question: model.HotspotQuestion) -> Iterator[Fault]:
    given = [key for key in ("svg", "matrix", "code") if getattr(question, key) is not None]
    if len(given) != 1:
        yield Fault((), "a hotspot needs one of 'svg', 'matrix' and 'code'", "write one of them")
        return
    if question.svg is not None:
        yield from _regions(question)
    if question.matrix is not None and question.matrix.cells:
        rows, columns = len(question.matrix.rows), len(question.matrix.columns)
        if len(question.matrix.cells) != rows or any(len(row) != columns for row in question.matrix.cells):
            yield Fault(("matrix", "cells"), f"'cells' are not {rows} rows of {columns}", "write a text per cell")
    ids = [each.id for each in build.picture(question, {}).targets]
    right = [build.target(each) for each in question.answer]
    shown = ", ".join(ids[:12]) + (" …" if len(ids) > 12 else "")
    for key, named in (("answer", right), ("traps", [build.target(each.at) for each in question.traps])):
        for index, id in enumerate(named):
            if id not in ids:
                yield Fault((key, index), f"'{id}' is no target of the picture ({shown})", "write one of these")
    yield from doubled(("answer",), "target", right)
    if not question.many and len(right) > 1:
        yield Fault(("answer",), f"{len(right)} targets are right, and one can be picked", "add 'many: true'")
    if len(set(right)) >= len(ids):
        yield Fault(("answer",), "every target is right", "add a wrong one")
    for index, each in enumerate(question.traps):
        if build.target(each.at) in right:
            yield Fault(("traps", index, "at"), f"'{build.target(each.at)}' is a right answer", "remove this trap")


def _regions(question: model.HotspotQuestion) -> Iterator[Fault]:
    if question.alt is None:
        yield Fault(("svg",), "the picture is not described", "add 'alt:' for those who do not see it")
    if len(question.regions) < 2:
        yield Fault(
            ("regions",), "fewer than two regions", "write {id: a, label: …, box: [x, y, width, height]} for each"
        )
    yield from doubled(("regions",), "region", [each.id for each in question.regions])
    for index, each in enumerate(question.regions):
        if each.box[2] <= 0 or each.box[3] <= 0:
            yield Fault(("regions", index, "box"), "the box has no area", "write [x, y, width, height]")


def _essay(question: model.EssayQuestion) -> Iterator[Fault]:
    if not question.rubric:
        yield Fault((), "an essay without a rubric cannot be marked", "add 'rubric:' with ids and points")
    yield from doubled(("rubric",), "criterion", [each.id for each in question.rubric])
    total = sum(each.points for each in question.rubric)
    if question.points is not None and question.points != total:
        yield Fault(("points",), f"{question.points:g} points, and the rubric adds up to {total:g}", "remove 'points'")


_RULES: dict[type[model.QuestionEntry], Callable[[Any], Iterator[Fault]]] = {
    model.Single: _single,
    model.Multiple: _multiple,
    model.TrueFalse: _true_false,
    model.NumericQuestion: _numeric_question,
    model.TextQuestion: _text_question,
    model.ClozeQuestion: _cloze,
    model.MatchQuestion: _match,
    model.OrderQuestion: _order,
    model.TensorQuestion: _tensor,
    model.ShapeQuestion: _shape,
    model.OutputQuestion: _output,
    model.HotspotQuestion: _hotspot,
    model.EssayQuestion: _essay,
}
