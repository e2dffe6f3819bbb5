"""What must agree in a quiz file beyond the kind of each value.

Covers one question at a time: keys that need one another, names in texts and expressions, answers that exist. Does not
cover choices of whole answers (`rules_of_types`), nor what only a drawn variant or a run of code shows (`quiz check`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from autograder.adapters.quizzes import model
from autograder.adapters.yaml_model import Bilingual, Path, Strict
from autograder.pure.quizzes import expression
from autograder.pure.quizzes.variants import PLACEHOLDER
from autograder.quiz_types import Misconception

# Control characters; and a line within a formula that begins as a command whose "\n" became its line end.
_LOST = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\t]|\$[^$]*\n(?:abla|eq|eg|u|ot|e|i|mid)\b[^$]*\$")


@dataclass(frozen=True)
class Fault:
    """What is wrong under a key path of a quiz file, and what to do about it."""

    path: Path
    what: str
    remedy: str


def texts(entry: Any, path: Path = ()) -> Iterator[tuple[Path, Bilingual]]:
    """Every bilingual text below a model, with its key path."""
    if isinstance(entry, Bilingual):
        yield path, entry
    elif isinstance(entry, Strict):
        for name in type(entry).model_fields:
            yield from texts(getattr(entry, name), (*path, name))
    elif isinstance(entry, dict):
        for key, value in entry.items():
            yield from texts(value, (*path, key))
    elif isinstance(entry, list):
        for index, value in enumerate(entry):
            yield from texts(value, (*path, index))


def general(question: model.AnyQuestion, mode: str, misconceptions: Mapping[str, Misconception]) -> Iterator[Fault]:
    """Faults that a question of any type can have."""
    yield from _backslashes(question)
    yield from _placeholders(question)
    yield from _params(question)
    yield from _explained(question, mode)
    for path, id in _misconceptions(question, ()):
        if id not in misconceptions:
            known = ", ".join(sorted(misconceptions)) or "none yet"
            yield Fault(path, f"misconception '{id}' is unknown", f"add it to misconceptions.yaml (there: {known})")


def doubled(path: Path, what: str, values: list[str]) -> Iterator[Fault]:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield Fault((*path, index), f"{what} '{value}' stands twice", "change or remove one of them")


def expressions(expr: str, path: Path, params: Mapping[str, object]) -> Iterator[Fault]:
    """What is wrong with an expression over the parameters of its question."""
    try:
        unknown = expression.names(expr) - params.keys()
    except expression.ExpressionError as error:
        yield Fault(path, f"'{expr}' {error}", "write arithmetic: + - * / // % ** sqrt log2 min max …")
        return
    for name in sorted(unknown):
        there = ", ".join(params) or "none"
        yield Fault(path, f"'{expr}' names '{name}', which is no parameter ({there})", "add it to 'params'")
    if not params and not unknown:
        try:
            expression.evaluate(expr, {})
        except expression.ExpressionError as error:
            yield Fault(path, f"'{expr}' {error}", "mend the expression")


def _backslashes(question: model.AnyQuestion) -> Iterator[Fault]:
    """What is left of a formula in double quotes: `"$\\alpha$"` there is a bell and `lpha`."""
    for path, text in texts(question):
        if _LOST.search(text.en) or _LOST.search(text.fr):
            remedy = "write the formula in single quotes or in a block, or double its backslashes"
            yield Fault(path, "a backslash in double quotes made a control character", remedy)


def _placeholders(question: model.AnyQuestion) -> Iterator[Fault]:
    blanks = question.blanks if isinstance(question, model.ClozeQuestion) else {}
    for path, text in texts(question):
        there = {language: sorted(PLACEHOLDER.findall(getattr(text, language))) for language in ("en", "fr")}
        if there["en"] != there["fr"]:
            what = f"the placeholders differ: {_listed(there['en'])} in English, {_listed(there['fr'])} in French"
            yield Fault(path, what, "use the same in both languages")
        known = {*question.params, *(blanks if path == ("prompt",) else ())}
        for name in dict.fromkeys(chain(*there.values())):
            if name not in known:
                remedy = f"write one of {_listed(sorted(known))}" if known else "add it to 'params'"
                yield Fault(path, f"placeholder {{{{{name}}}}} stands for nothing", remedy)
        for language in ("en", "fr"):
            rest = PLACEHOLDER.sub("", getattr(text, language))
            if re.search(r"\{\{\s*\w*\s*\}?(?!\})|\{\{[^{}]*\}\}", rest) and "$" not in rest:
                yield Fault(path, "a placeholder that is not closed", "write it as {{name}}")
    for name in blanks:
        if name in question.params:
            yield Fault(("blanks", name), f"'{name}' is a blank and a parameter", "rename one of them")
        elif PLACEHOLDER.findall(question.prompt.en).count(name) != 1:
            yield Fault(
                ("blanks", name), f"blank '{name}' does not stand once in the prompt", f"write {{{{{name}}}}} there"
            )


def _listed(names: list[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names) or "none"


def _params(question: model.AnyQuestion) -> Iterator[Fault]:
    named = {name for _, text in texts(question) for name in PLACEHOLDER.findall(text.en)}
    for name, entry in question.params.items():
        path = ("params", name)
        if (entry.choice is None) == (entry.int_ is None):
            yield Fault(path, "needs either 'choice' or 'int'", "write {choice: [1, 2]} or {int: [1, 9]}")
        elif entry.choice is not None and entry.step is not None:
            yield Fault((*path, "step"), "'step' goes with 'int'", "remove it")
        elif entry.int_ is not None and not 2 <= (entry.int_[1] - entry.int_[0]) // (entry.step or 1) + 1 <= 100_000:
            yield Fault(
                (*path, "int"), "holds fewer than 2 values, or more than 100 000", "change the bounds or the step"
            )
        if name in expression.CONSTANTS or name in expression.FUNCTIONS:
            yield Fault(path, f"'{name}' has a meaning in expressions", "rename the parameter")
        if name not in named:
            yield Fault(path, f"no text shows {{{{{name}}}}}, so no student could answer", "show it, or remove it")


def _explained(question: model.AnyQuestion, mode: str) -> Iterator[Fault]:
    """In a survey nothing has a key; elsewhere every choice, or the answer, is explained."""
    if mode == "survey":
        if not isinstance(question, model.Single | model.Multiple | model.EssayQuestion):
            yield Fault(("type",), f"a survey cannot ask '{question.type}'", "ask single, multiple or essay")
            return
        if question.why is not None:
            yield Fault(("why",), "a survey explains no answer", "remove it")
        if question.points is not None:
            yield Fault(("points",), "a survey has no points", "remove them")
        if isinstance(question, model.EssayQuestion):
            if question.rubric:
                yield Fault(("rubric",), "a survey is not marked", "remove the rubric")
            return
        for index, choice in enumerate(question.choices):
            for key in ("correct", "why", "misconception"):
                if getattr(choice, key):
                    yield Fault(("choices", index, key), f"a survey has no '{key}'", "remove it")
    elif isinstance(question, model.Single | model.Multiple):
        for index, choice in enumerate(question.choices):
            if choice.why is None:
                yield Fault(("choices", index), "this choice is not explained", "add 'why:'")
            if choice.correct and choice.misconception:
                path = ("choices", index, "misconception")
                yield Fault(path, "a right choice shows no misconception", "remove it")
    elif question.why is None and not isinstance(question, model.EssayQuestion):
        yield Fault((), "the answer is not explained", "add 'why:'")


def _misconceptions(entry: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(entry, Strict):
        for name in type(entry).model_fields:
            value = getattr(entry, name)
            if name == "misconception" and value is not None:
                yield (*path, name), value
            yield from _misconceptions(value, (*path, name))
    elif isinstance(entry, dict | list):
        pairs = entry.items() if isinstance(entry, dict) else enumerate(entry)
        for key, value in pairs:
            yield from _misconceptions(value, (*path, key))
