"""What is wrong with a quiz that its file alone does not show.

Covers languages, formulas, ids that tell, entries nobody reaches, questions that contradict one another, drawn
variants, and keys that do not earn everything. Does not cover running code, nor files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from autograder.pure.quizzes.chance import random_credit
from autograder.pure.quizzes.expression import ExpressionError
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.marking import mark
from autograder.pure.quizzes.variants import PLACEHOLDER, draw, settled
from autograder.pure.quizzes.wording import fits, normalised
from autograder.quiz_types import (
    Accept,
    Blank,
    Choices,
    Cloze,
    Number,
    Numeric,
    Picked,
    Question,
    Quiz,
    Trap,
    Typed,
    Written,
)
from autograder.types import Text

DRAWS = 200
MOST_BY_GUESSING = 0.25
_TELLING = re.compile(
    r"(?:^|[-_])(correct|right|true|wrong|false|good|bad|answer|trap|distractor|juste|vrai|faux|bonne|mauvaise)\d*(?:$|[-_])"
)
_OUTSIDE = re.compile(r"\$[^$]*\$|`[^`]*`|\{\{[^{}]*\}\}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_Z99 = 2.5758293035489004


@dataclass(frozen=True)
class Finding:
    """A fault of a quiz: the question it is in ("" for the quiz as a whole), what, and the remedy."""

    question: str
    what: str
    remedy: str


@dataclass(frozen=True)
class LongestBias:
    """How often the right choice is the longest, of `n` questions with one right choice, and by chance."""

    hits: int
    n: int
    expected: float
    spread: float

    @property
    def telling(self) -> bool:
        """Whether students could profit: beyond chance at 99 %, and in more than half of the questions."""
        return self.n >= 4 and self.hits > self.n / 2 and self.hits - self.expected > _Z99 * self.spread


def findings(quiz: Quiz) -> Iterator[Finding]:
    """Everything wrong with a quiz that needs no run of code."""
    for question in quiz.questions:
        yield from _languages(question)
        yield from _ids(question)
        yield from _unreachable(question)
        if quiz.mode != "survey":
            yield from _guessing(question)
    yield from _contradictions(quiz)
    yield from _variants(quiz)
    bias = longest_bias(quiz)
    if bias.telling:
        what = f"the right choice is the longest in {bias.hits} of {bias.n} questions ({bias.expected:.1f} by chance)"
        yield Finding("", what, "shorten right choices, or lengthen wrong ones")


def longest_bias(quiz: Quiz) -> LongestBias:
    """Counts over questions with one right choice, in the longer of the two languages' texts; ties are no hit."""
    hits, expected, variance, n = 0, 0.0, 0.0, 0
    for question in quiz.questions:
        if not isinstance(question.body, Choices) or question.type == "bool" or quiz.mode == "survey":
            continue
        choices = question.body.choices
        lengths = sorted((len(each.text.en) + len(each.text.fr) for each in choices), reverse=True)
        right = [each for each in choices if each.correct]
        if len(right) != 1 or lengths[0] == lengths[1]:
            continue
        n += 1
        hits += len(right[0].text.en) + len(right[0].text.fr) == lengths[0]
        expected += 1 / len(choices)
        variance += 1 / len(choices) * (1 - 1 / len(choices))
    return LongestBias(hits, n, expected, math.sqrt(variance))


def texts(part: object) -> Iterator[Text]:
    """Every text in a question, wherever it stands."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


def misconceptions_of(part: object) -> Iterator[str]:
    """Ids of the misconceptions that a question names, wherever they stand."""
    if isinstance(part, tuple):
        for each in part:
            yield from misconceptions_of(each)
    elif hasattr(part, "__dataclass_fields__"):
        for name, value in vars(part).items():
            if name == "misconception" and isinstance(value, str):
                yield value
            else:
                yield from misconceptions_of(value)


def _languages(question: Question) -> Iterator[Finding]:
    """Sentences in one language only: names such as BERT may stand for both, sentences may not."""
    told = [question.prompt, question.why, *question.hints]
    if isinstance(question.body, Choices):
        told += [each.why for each in question.body.choices]
    for text in dict.fromkeys(told):
        if text.en == text.fr and len(_WORD.findall(_OUTSIDE.sub(" ", text.en))) > 1:
            yield Finding(question.id, f"'{_short(text.en)}' is in one language only", "write {en: …, fr: …}")
    for text in dict.fromkeys(texts(question)):
        for said in (text.en, text.fr):
            if said.count("$") % 2:
                yield Finding(question.id, f"'{_short(said)}' opens a formula and does not close it", "add the other $")


def _ids(question: Question) -> Iterator[Finding]:
    if isinstance(question.body, Choices) and question.type != "bool":
        for each in question.body.choices:
            if found := _TELLING.search(each.id):
                yield Finding(question.id, f"the id '{each.id}' may tell the key", f"leave '{found[1]}' out of it")


def _unreachable(question: Question) -> Iterator[Finding]:
    for place, body in _written(question):
        for number, entry in enumerate(body.accept):
            before = body.accept[:number]
            shown = entry.regex if entry.regex is not None else " / ".join(entry.texts)
            if any(_covers(each, entry) for each in before):
                what = f"{place}'{shown}' is never reached: an entry before it fits too"
                yield Finding(question.id, what, "move it up, or remove it")
            elif entry.regex is not None and re.search(r"^ | $|  |\u00a0|\u202f|[’‘«»“”]", entry.regex):
                what = f"{place}'{shown}' can fit nothing: answers have plain quotes and single spaces"
                yield Finding(question.id, what, "write it as answers are compared")


def _guessing(question: Question) -> Iterator[Finding]:
    """What ticking all, none or at random earns in a question that is marked by `balanced`."""
    if not isinstance(question.body, Choices) or question.type != "multiple" or question.body.scoring != "balanced":
        return
    everything = Picked(tuple(each.id for each in question.body.choices))
    for how, answer in (("all", everything), ("none", Picked(()))):
        if credit := mark(question, answer, "en").credit:
            yield Finding(question.id, f"ticking {how} earns {credit:g}", "have right choices and wrong ones")
    if (expected := random_credit(question)) > MOST_BY_GUESSING:
        yield Finding(question.id, f"random ticks earn {expected:.2f} on average", "add choices")


def _written(question: Question) -> Iterator[tuple[str, Written]]:
    if isinstance(question.body, Written):
        yield "", question.body
    elif isinstance(question.body, Cloze):
        for blank in question.body.blanks:
            if isinstance(blank.body, Written):
                yield f"blank '{blank.id}': ", blank.body


def _covers(earlier: Accept, later: Accept) -> bool:
    if later.regex is not None:
        return earlier.regex == later.regex and earlier.ignore_case >= later.ignore_case
    return all(fits(text, earlier) for text in later.texts)


def _contradictions(quiz: Quiz) -> Iterator[Finding]:
    """The same choice under the same prompt, right here and wrong there."""
    seen: dict[tuple[str, str], tuple[str, bool]] = {}
    for question in quiz.questions:
        if not isinstance(question.body, Choices) or question.type == "bool":
            continue
        for choice in question.body.choices:
            key = (normalised(question.prompt.en).casefold(), normalised(choice.text.en).casefold())
            other, correct = seen.setdefault(key, (question.id, choice.correct))
            if correct != choice.correct:
                what = f"the choice '{_short(choice.text.en)}' is right in '{other}' and wrong here, or the reverse"
                yield Finding(question.id, what, "mend one of the two")


def _variants(quiz: Quiz) -> Iterator[Finding]:
    """Draws variants and marks each with its own key; each kind of fault is told once a question."""
    told: dict[tuple[str, str], Finding] = {}
    varies = any(question.params for question in quiz.questions)
    for number in range(DRAWS if varies else 1):
        drawn = draw(quiz, b"autograder quiz check", f"student {number}", 1)
        for question in quiz.questions:
            if number and not question.params:
                continue
            with_values = ", ".join(f"{name}={value}" for name, value in drawn.get(question.id, {}).items())
            for what, remedy in _one_variant(quiz, question, drawn.get(question.id, {})):
                finding = Finding(question.id, what + (f" (with {with_values})" if with_values else ""), remedy)
                told.setdefault((question.id, remedy), finding)
    yield from told.values()


def _one_variant(quiz: Quiz, question: Question, values: Mapping[str, Number]) -> Iterator[tuple[str, str]]:
    try:
        one = settled(question, values)
    except ExpressionError as error:
        yield f"an expression {error}", "change the expression or the parameters"
        return
    yield from _numbers(one)
    if isinstance(one.body, Choices):
        said = [normalised(each.text.en).casefold() for each in one.body.choices]
        if len(set(said)) < len(said):
            yield "two choices read the same", "change the parameters or a choice"
    answer = key_answer(one)
    if quiz.mode != "survey" and answer is not None and (credit := mark(one, answer, "en").credit) != 1:
        yield f"the key itself earns {credit:g} of 1", "mend the answer"


def _numbers(question: Question) -> Iterator[tuple[str, str]]:
    parts: Sequence[Question | Blank] = question.body.blanks if isinstance(question.body, Cloze) else (question,)
    for part in parts:
        if isinstance(part.body, Numeric):
            yield from _traps(question, part.body)


def _traps(question: Question, body: Numeric) -> Iterator[tuple[str, str]]:
    alone = Question("", "numeric", question.prompt, Numeric(body.expr, body.rtol, body.atol))
    for index, trap in enumerate(body.traps):
        if mark(alone, Typed(trap.expr), "en").credit == 1:
            what = f"the trap {trap.expr} equals the answer {body.expr}"
            yield what, "change the parameters, or lower the tolerance"
        if any(_same_trap(body, trap, other) for other in body.traps[:index]):
            yield f"two traps are both {trap.expr}", "remove one of them, or change the parameters"


def _same_trap(body: Numeric, one: Trap, other: Trap) -> bool:
    alone = Question("", "numeric", one.why, Numeric(other.expr, body.rtol, body.atol))
    return mark(alone, Typed(one.expr), "en").credit == 1


def variants_of(quiz: Quiz) -> int:
    """How many questions of a quiz are drawn."""
    return sum(bool(question.params) for question in quiz.questions)


def _short(text: str) -> str:
    flat = " ".join(PLACEHOLDER.sub(r"{{\1}}", text).split())
    return flat if len(flat) <= 60 else flat[:57] + "…"
