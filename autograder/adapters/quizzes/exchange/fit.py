"""A bank made to fit what one format can say, and everything that it cost.

Covers, in this order, regions and sequences asked as something else, gaps that become questions, shares, and what is
left out. After it a format writes what it is given and loses nothing more. Does not cover the formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from autograder.adapters.quizzes.exchange import natural
from autograder.adapters.quizzes.exchange.bank import (
    Abilities,
    Bank,
    Body,
    Gaps,
    Item,
    Loss,
    Numbers,
    Open,
    Option,
    Ordering,
    Pairs,
    Pick,
    Settings,
    Spots,
    Value,
    Word,
    Words,
)
from autograder.adapters.quizzes.exchange.markup import plain, text, to_html
from autograder.adapters.quizzes.exchange.shares import graded
from autograder.pure.quizzes.variants import PLACEHOLDER
from autograder.quiz_types import Essay, Question, Quiz
from autograder.types import Language

_SAID = {
    "mode": "mode",
    "attempts": "attempts.max",
    "keep": "attempts.keep",
    "shuffle_questions": "shuffle.questions",
    "shuffle_choices": "shuffle.choices",
}
B = TypeVar("B", bound=Body)
Lose = Callable[[str], None]


def bank_of(
    quiz: Quiz, language: Language, able: Abilities, secret: bytes, variants: int
) -> tuple[Bank, tuple[Loss, ...]]:
    """The quiz in one language as a format can hold it, and what is lost of it, each once."""
    found: list[Loss] = []
    whole = Settings(quiz.mode, quiz.attempts.most, quiz.attempts.keep, quiz.shuffle_questions, quiz.shuffle_choices)
    settings = _settings(whole, able, found)
    if quiz.attempts.penalty:
        found.append(Loss("", "degraded", f"attempts.penalty: {able.name} takes nothing off later attempts"))
    items: list[Item] = []
    for question in quiz.questions:
        if quiz.mode == "survey" and not able.survey and not isinstance(question.body, Essay):
            found.append(Loss(question.id, "lost", f"{able.name} asks no question without a right answer"))
            continue
        items += _items(quiz, question, language, able, secret, variants, found)
    if not any(isinstance(item.body, Pick | Pairs) for item in items):
        settings = replace(settings, shuffle_choices=True)  # there is nothing to shuffle
    bank = Bank(quiz.id, quiz.title.say(language), language, tuple(items), settings)
    return bank, tuple(dict.fromkeys(found))


def _items(
    quiz: Quiz, question: Question, language: Language, able: Abilities, secret: bytes, variants: int, found: list[Loss]
) -> Iterator[Item]:
    made = list(natural.items(quiz, question, language, secret, variants))
    found += natural.losses(question, len(made))

    def lose(what: str) -> None:
        found.append(Loss(question.id, "degraded", what))

    # Parts of one kind stand together: of those a student gets one.
    for variants_of_part in zip(*(_split(item, able, lose) for item in made), strict=True):
        for part in variants_of_part:
            yield _fitted(part, able, found, question.id)


def _settings(settings: Settings, able: Abilities, found: list[Loss]) -> Settings:
    plain_ones = Settings()
    for name, said in _SAID.items():
        if name not in able.settings and getattr(settings, name) != getattr(plain_ones, name):
            found.append(Loss("", "aside", f"{said}: not in the file, set it where the quiz is taken"))
            settings = replace(settings, **{name: getattr(plain_ones, name)})
    return settings


def _split(item: Item, able: Abilities, lose: Lose) -> list[Item]:
    """An item as it is, or one for each of its gaps where a format cannot mix them."""
    body = item.body
    if not isinstance(body, Gaps) or able.gaps == "any":
        return [item]
    kinds = {type(gap) for _, gap in body.gaps}
    if able.gaps == "alike" and len(kinds) == 1 and Numbers not in kinds:
        return [item]
    lose(f"{able.name} has no such gaps in one question: one question per gap")
    return [
        replace(
            item,
            id=f"{item.id}-{name}".replace("_", "-"),
            text=_one_gap(item.text, body, name),
            body=gap,
            points=item.points / len(body.gaps),
            group=f"{item.group}-{name}".replace("_", "-") if item.group else "",
        )
        for name, gap in body.gaps
    ]


def _one_gap(html: str, body: Gaps, asked: str) -> str:
    for name, _ in body.gaps:
        html = html.replace(f"{{{{{name}}}}}", "_____" if name == asked else "…")
    return html


def _fitted(item: Item, able: Abilities, found: list[Loss], question: str) -> Item:
    def lose(what: str) -> None:
        found.append(Loss(question, "degraded", what))

    def aside(what: str) -> None:
        found.append(Loss(question, "aside", what))

    body = item.body
    if isinstance(body, Spots) and not able.spots:
        body = Pick(tuple(Option(each.label, each.share, each.feedback, each.id) for each in body.spots),
                    body.many, body.exact)  # fmt: skip
        lose(natural.POINTING)
    elif isinstance(body, Spots):
        whole = tuple(replace(each, label=text(plain(each.label)), box=_whole(each.box)) for each in body.spots)
        if whole != body.spots:
            aside(f"{able.name} takes regions in whole units, and their names without formatting")
        body = replace(body, spots=whole)
    if isinstance(body, Ordering):
        body = _ordered(body, able, lose)
    if isinstance(body, Gaps):
        bare = replace(able, units=False)
        body = Gaps(tuple((name, _answer(gap, bare, lose, listed=True)) for name, gap in body.gaps))
        if not able.ids:
            item, body = _renamed(item, body)
        if able.gap_points and item.points != len(body.gaps):
            lose(f"{able.name} gives a point per gap: {len(body.gaps)} instead of {item.points:g}")
            item = replace(item, points=float(len(body.gaps)))
    elif isinstance(body, Pairs) and not able.markup:
        body = _plain_pairs(body, able, lose)
    elif isinstance(body, Pick | Numbers | Words):
        body = _answer(body, able, lose, listed=False)
    if isinstance(body, Words) and not any(each.share for each in body.words):
        lose(natural.NO_PLAIN)
        body = Open()
    if isinstance(body, Open) and body.rubric and not able.rubric:
        aside("the rubric")
        body = Open()
    return _without(replace(item, body=body), able, lose, aside)


def _whole(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, width, height = (float(round(side)) for side in box)
    return left, top, width, height


def _renamed(item: Item, body: Gaps) -> tuple[Item, Gaps]:
    """Gaps named a, b, c, … in the order of the text."""
    order = [name for name in PLACEHOLDER.findall(item.text) if name in dict(body.gaps)]
    names = {name: letter(place) for place, name in enumerate(order)}
    said = PLACEHOLDER.sub(lambda found: f"{{{{{names.get(found[1], found[1])}}}}}", item.text)
    return replace(item, text=said), Gaps(tuple((names[name], dict(body.gaps)[name]) for name in order))


def _ordered(body: Ordering, able: Abilities, lose: Lose) -> Ordering | Pairs:
    if body.scoring in able.orders:
        return body
    if able.orders:
        lose(f"credit by '{body.scoring}' is by '{able.orders[0]}'")
        return replace(body, scoring=able.orders[0])
    lose("an order is asked as places to match, each worth its share")
    return Pairs(tuple((str(number), each) for number, each in enumerate(body.items, 1)))


def _plain_pairs(body: Pairs, able: Abilities, lose: Lose) -> Pairs:
    rights = [right for _, right in body.pairs] + list(body.extra)
    if any(text(plain(each)) != each for each in rights) or any("\\(" in each for each in rights):
        lose(f"{able.name} shows no formulas and no formatting in lists")
    return Pairs(
        tuple((left, text(plain(right))) for left, right in body.pairs), tuple(text(plain(each)) for each in body.extra)
    )


def _answer(body: Pick | Numbers | Words, able: Abilities, lose: Lose, *, listed: bool) -> Pick | Numbers | Words:
    match body:
        case Pick():
            return _pick(body, able, lose, listed)
        case Numbers():
            return _numbers(body, able, lose)
        case Words():
            return _words(body, able, lose)


def _pick(body: Pick, able: Abilities, lose: Lose, listed: bool) -> Pick:
    options = body.options
    if body.exact and not able.exact:
        lose(f"all or nothing: {able.name} pays each right tick its share")
    wrong = sum(each.share <= 0 for each in options)
    if body.many and not able.balanced and wrong != len(options) - wrong and not (body.exact and able.exact):
        lose(f"{able.name} takes as much off for a wrong tick as a right one earns")
    if able.grades and any(graded(each.share) != each.share for each in options):
        lose(f"{able.name} rounds the shares of the ticks")
        options = tuple(replace(each, share=graded(each.share)) for each in options)
    if listed and not able.markup:
        if any(text(plain(each.text)) != each.text or "\\(" in each.text for each in options):
            lose(f"{able.name} shows no formulas and no formatting in lists")
        options = tuple(replace(each, text=text(plain(each.text))) for each in options)
    fitted = replace(body, options=options, exact=body.exact and able.exact)
    return fitted if able.ids else lettered(fitted)


def letter(place: int) -> str:
    """`letter(0) -> "a"`, `letter(26) -> "n26"`."""
    return "abcdefghijklmnopqrstuvwxyz"[place] if place < 26 else f"n{place}"


def lettered(body: B) -> B:
    """A body whose options are named a, b, c, … in their order."""
    if isinstance(body, Pick):
        options = (replace(each, id=letter(place)) for place, each in enumerate(body.options))
        return replace(body, options=tuple(options))
    if isinstance(body, Gaps):
        return replace(body, gaps=tuple((name, lettered(gap)) for name, gap in body.gaps))
    return body


def _numbers(body: Numbers, able: Abilities, lose: Lose) -> Numbers:
    values = body.values
    if not able.remarks and any(not each.share or each.feedback for each in values):
        lose(f"{able.name} does not answer wrong numbers")
        values = tuple(Value(each.number, each.tolerance, each.share) for each in values if each.share)
    if len(body.units) > 1 and not able.units:
        lose(f"{able.name} converts no units: the number in {body.unit} only")
    return Numbers(values, body.unit, body.units) if able.units else Numbers(values)


def _words(body: Words, able: Abilities, lose: Lose) -> Words:
    words = body.words
    if not able.credit and any(0 < each.share < 1 for each in words):
        lose(f"{able.name} gives a written answer all or nothing: those worth a part earn nothing")
        words = tuple(each for each in words if each.share in (0, 1))
    if not able.remarks and any(not each.share or each.feedback for each in words):
        lose(f"{able.name} does not answer wrong words")
        words = tuple(Word(each.text) for each in words if each.share)
    if able.grades and any(graded(each.share) != each.share for each in words):
        lose(f"{able.name} rounds the credit of an answer")
        words = tuple(replace(each, share=graded(each.share)) for each in words)
    if not able.arrows and any("->" in each.text for each in words):
        lose(f"{able.name} takes '->' for a pair to match: answers that hold it are left out")
        words = tuple(each for each in words if "->" not in each.text)
    if body.case and not able.case:
        lose(f"{able.name} does not tell capitals from small letters")
    return Words(words, body.case and able.case)


def _without(item: Item, able: Abilities, lose: Lose, aside: Lose) -> Item:
    """The item without what is beside the question and the format has no place for."""
    if item.hints and not able.hints:
        aside("hints")
        item = replace(item, hints=())
    if item.tags and not able.tags:
        aside("tags")
        item = replace(item, tags=())
    if not able.points and item.points != 1:
        lose(f"{able.name} has no points: each question is worth 1")
        item = replace(item, points=1.0)
    if item.picture and not able.pictures:
        lose(f"{able.name} holds no pictures: its description stands in its place")
        item = replace(item, text=natural.joined(item.text, f"<p>{to_html(item.picture.alt, 'en')}</p>"), picture=None)
    if item.group and not able.draws:
        aside("one of the variants is to be drawn: put them in a category of their own")
        item = replace(item, group="")
    return item
