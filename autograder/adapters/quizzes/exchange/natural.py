"""A question of ours as an item of a bank, before a format is chosen.

Covers every type, drawn variants, and what no other program has: patterns without end, misconceptions, a shape's many
writings. Does not cover what one format lacks (`fit`).
"""

from __future__ import annotations

from collections.abc import Iterator

from autograder.adapters.quizzes.exchange import grids
from autograder.adapters.quizzes.exchange.bank import (
    Body,
    Gaps,
    Html,
    Item,
    Loss,
    Numbers,
    Open,
    Option,
    Ordering,
    Pairs,
    Pick,
    Picture,
    TrueFalse,
    Value,
    Word,
    Words,
    balanced,
)
from autograder.adapters.quizzes.exchange.markup import code, text, to_html
from autograder.pure.quizzes import units
from autograder.pure.quizzes.expression import evaluate
from autograder.pure.quizzes.soundness import misconceptions_of
from autograder.pure.quizzes.variants import PLACEHOLDER, draw, settled
from autograder.pure.quizzes.writings import writings
from autograder.quiz_types import (
    Choices,
    Cloze,
    Essay,
    Hotspot,
    Listing,
    Match,
    Matrix,
    Numeric,
    Order,
    Output,
    Question,
    Quiz,
    Select,
    Shape,
    Tensor,
    Written,
)
from autograder.types import Language, Text

PATTERN = "a pattern that matches without end: only its plain answers are accepted"
NO_PLAIN = "no right answer can be listed: a person marks it"
WRITINGS = "a shape counts in five usual writings, all or nothing: no equal expressions, no credit per dimension"
SPACING = "spaces count, except after commas as written or left out"
LINES = "an answer of several lines: a person marks it"
CELLS = "switches are asked as a list of cells to tick"
ALL_CELLS = "each cell earns its share, though all of them were asked for"
POINTING = "pointing at a picture is asked as a list to choose from"
CASE = "capitals count in some answers only: they count in none"


def items(quiz: Quiz, question: Question, language: Language, secret: bytes, most: int) -> Iterator[Item]:
    """A question as one item, or as at most `most` of one group when it has parameters."""
    if not question.params:
        yield _item(question, language, question.id, "")
        return
    variants = sampled(quiz, question, secret, most)
    for number, each in enumerate(variants, 1):
        yield _item(each, language, f"{question.id}-{number}", question.id if len(variants) > 1 else "")


def sampled(quiz: Quiz, question: Question, secret: bytes, most: int) -> tuple[Question, ...]:
    """At most `most` different variants, the same for ever; no student is given the values of these draws."""
    found: dict[tuple[tuple[str, int | float], ...], Question] = {}
    for attempt in range(1, 20 * most + 1):
        values = draw(quiz, secret, "export/", attempt)[question.id]
        found.setdefault(tuple(sorted(values.items())), settled(question, values))
        if len(found) == most:
            break
    return tuple(found.values())


def losses(question: Question, instances: int) -> Iterator[Loss]:
    """What an item does not say of a question, whatever the format."""
    if any(True for _ in misconceptions_of(question)):
        yield Loss(question.id, "aside", "misconceptions: other programs do not count them")
    if question.params:
        yield Loss(question.id, "degraded", f"values are drawn among {instances} variants, not for each student")
    for what in _degraded(question):
        yield Loss(question.id, "degraded", what)


def _degraded(question: Question) -> Iterator[str]:
    match question.body:
        case Written() as body:
            yield from _of_words(body)
            if _endless(body):
                yield NO_PLAIN
        case Cloze(blanks=blanks):
            for blank in blanks:
                if isinstance(blank.body, Written):
                    yield from _of_words(blank.body)
                if _endless(blank.body):
                    yield NO_PLAIN
        case Shape():
            yield WRITINGS
        case Output(answer=answer):
            yield LINES if "\n" in answer.strip() else SPACING
        case Tensor(boolean=boolean, per_cell=per_cell):
            if boolean:
                yield CELLS
            elif not per_cell:
                yield ALL_CELLS
        case Hotspot(picture=Matrix() | Listing()):
            yield POINTING


def _of_words(body: Written) -> Iterator[str]:
    if any(each.regex is not None and writings(each.regex) is None for each in body.accept):
        yield PATTERN
    if len({each.ignore_case for each in body.accept}) > 1:
        yield CASE


def _item(question: Question, language: Language, id: str, group: str) -> Item:
    prompt = to_html(question.prompt.say(language), language)
    body, extra, picture = _body(question, language)
    if isinstance(question.body, Cloze) and isinstance(body, Open):
        prompt = PLACEHOLDER.sub("_____", prompt)
    return Item(
        id=id,
        text=joined(prompt, extra),
        body=body,
        points=question.points,
        why=to_html(question.why.say(language), language),
        hints=tuple(to_html(each.say(language), language) for each in question.hints),
        tags=question.tags,
        picture=picture,
        group=group,
    )


def joined(prompt: Html, extra: Html) -> Html:
    """A text and a block below it."""
    if not extra:
        return prompt
    return (prompt if prompt.startswith("<p>") else f"<p>{prompt}</p>") + extra


def _body(question: Question, language: Language) -> tuple[Body, Html, Picture | None]:
    """The body, what stands below the prompt, and the picture."""
    match question.body:
        case Choices() as choices if question.type == "bool":
            return TrueFalse(next(each.id == "true" for each in choices.choices if each.correct)), "", None
        case Choices() as choices:
            return _choices(choices, language), "", None
        case Numeric() as numeric:
            return _numbers(numeric, language), "", None
        case Written() as written:
            words = Words(_plain_answers(written, language), _case(written))
            return Open() if _endless(written) else words, "", None
        case Cloze(blanks=blanks) if any(_endless(each.body) for each in blanks):
            return Open(), "", None
        case Cloze(blanks=blanks):
            return Gaps(tuple((each.id, _gap(each.body, language)) for each in blanks)), "", None
        case Match() as match_:
            return _pairs(match_, language), "", None
        case Order() as order:
            by_id = {each.id: to_html(each.text.say(language), language) for each in order.items}
            return Ordering(tuple(by_id[id] for id in order.key), order.scoring), "", None
        case Tensor() as tensor:
            return (grids.ticks(tensor, language), "", None) if tensor.boolean else (*grids.cells(tensor), None)
        case Shape(dims=dims):
            return Words(tuple(Word(each) for each in shape_writings(dims)), case=True), "", None
        case Output() as output:
            return _output(output), code(output.code), None
        case Hotspot() as hotspot:
            return grids.hotspot(hotspot, language)
        case Essay(rubric=rubric):
            lines = "".join(
                f"<li>{to_html(each.text.say(language), language) or text(each.id)} ({each.points:g})</li>"
                for each in rubric
            )
            return Open(f"<ul>{lines}</ul>" if lines else ""), "", None


def _choices(body: Choices, language: Language) -> Pick:
    right = sum(each.correct for each in body.choices)
    plus, minus = balanced(right, len(body.choices) - right, body.many)
    return Pick(
        tuple(
            Option(
                text=to_html(each.text.say(language), language),
                share=plus if each.correct else minus,
                feedback=to_html(each.why.say(language), language),
                id=each.id,
            )
            for each in body.choices
        ),
        body.many,
        body.many and body.scoring == "all-or-nothing",
    )


def _numbers(body: Numeric, language: Language) -> Numbers:
    def value(expr: str, share: float, why: Text) -> Value:
        number = float(evaluate(expr, {}))
        return Value(number, body.atol + body.rtol * abs(number), share, to_html(why.say(language), language))

    traps = tuple(value(each.expr, 0.0, each.why) for each in body.traps)
    known = {body.unit: 1.0} if body.unit else {}
    for unit in (body.unit, *body.accept):
        if unit and body.unit:
            for name in dict.fromkeys((unit, _french(unit))):
                known.setdefault(name, units.convert(1.0, body.unit, name))
    return Numbers((value(body.expr, 1.0, Text("", "")), *traps), body.unit, tuple(known.items()))


def _french(unit: str) -> str:
    """The French name of a unit of bytes. `_french("MiB") -> "Mio"`"""
    name = unit[:-1] + "o" if unit.endswith("B") else unit
    return name if units.known(name) and units.same(name, unit) else unit


def _plain_answers(body: Written, language: Language = "en") -> tuple[Word, ...]:
    """The answers that can be listed; of one that stands twice, the first counts."""
    words: dict[str, Word] = {}
    for each in body.accept:
        why = to_html(each.why.say(language), language)
        for said in each.texts if each.regex is None else writings(each.regex) or ():
            if said:
                words.setdefault(said, Word(said, each.credit, why))
    return tuple(words.values())


def _endless(body: Numeric | Written | Select) -> bool:
    """Whether no right answer can be listed."""
    return isinstance(body, Written) and not any(each.share for each in _plain_answers(body))


def _case(body: Written) -> bool:
    return not any(each.ignore_case for each in body.accept)


def _gap(body: Numeric | Written | Select, language: Language) -> Pick | Numbers | Words:
    match body:
        case Numeric():
            return _numbers(body, language)
        case Written():
            return Words(_plain_answers(body, language), _case(body))
        case Select(options=options, answer=answer):
            return Pick(
                tuple(
                    Option(to_html(each.text.say(language), language), float(each.id == answer), id=each.id)
                    for each in options
                )
            )


def _pairs(body: Match, language: Language) -> Pairs:
    rights = {each.id: to_html(each.text.say(language), language) for each in body.rights}
    pairs = tuple((to_html(each.text.say(language), language), rights[body.key[each.id]]) for each in body.lefts)
    used = set(body.key.values())
    return Pairs(pairs, tuple(rights[each.id] for each in body.rights if each.id not in used))


def shape_writings(dims: tuple[str, ...]) -> tuple[str, ...]:
    """The usual ways to write a shape. `shape_writings(("2", "d")) -> ("(2, d)", "2, d", "[2, d]", …)`"""
    spaced, close = ", ".join(dims), ",".join(dims)
    alone = f"({dims[0]},)" if len(dims) == 1 else f"({close})"
    return tuple(dict.fromkeys((f"({spaced})", spaced or "()", f"[{spaced}]", alone, close or "[]")))


def _output(body: Output) -> Words | Open:
    answer = body.answer.strip()
    if "\n" in answer:
        return Open(code(answer))
    close = answer.replace(", ", ",")
    return Words(tuple(Word(each) for each in dict.fromkeys((answer, close, close.replace(",", ", ")))), case=True)
