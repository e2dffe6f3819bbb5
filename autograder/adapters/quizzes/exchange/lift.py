"""A bank as a quiz file of ours: the document of its YAML, before anything is checked.

Covers every kind of item, each as the type that asks and marks it the same. What ours has no room for is told; what
ours asks for and the bank lacks (explanations, mostly) is left out, for `load_quiz` to name. Does not cover writing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import isclose
from typing import Any

from autograder.adapters.quizzes.exchange.bank import (
    Bank,
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
    Settings,
    Spots,
    TrueFalse,
    Value,
    Words,
    balanced,
    distinct,
    written,
)
from autograder.adapters.quizzes.exchange.markup import plain, to_markdown
from autograder.pure.quizzes import units
from autograder.pure.quizzes.variants import PLACEHOLDER

Entry = dict[str, Any]
Lose = Callable[[str], None]
_ROUNDED = 2e-5  # of a share: Moodle writes percentages with five decimals
_CRITERION = re.compile(r"<li>(.*?) \((\d+(?:\.\d+)?)\)</li>", re.DOTALL)
_TYPES = {
    TrueFalse: "bool",
    Numbers: "numeric",
    Words: "text",
    Gaps: "cloze",
    Pairs: "match",
    Ordering: "order",
    Spots: "hotspot",
    Open: "essay",
}


def document_of(bank: Bank, id: str) -> tuple[Entry, dict[str, str], tuple[Loss, ...]]:
    """The quiz file named `id` as plain data, the SVGs beside it by name, and what of the bank it leaves out."""
    found: list[Loss] = []
    pictures: dict[str, str] = {}
    document: Entry = {"schema": 1, "id": id, "title": plain(bank.title), **_settings(bank.settings)}
    questions = []
    for item in bank.items:
        lifting = _Lifting(item, found, bank.settings.mode == "survey")
        questions.append(lifting.entry())
        if isinstance(item.body, Spots) and item.picture:
            name = f"{id}-{item.id}.svg"
            pictures[name] = item.picture.svg
            questions[-1]["svg"] = name
    groups = {item.group for item in bank.items if item.group}
    for group in sorted(groups):
        found.append(Loss(group, "degraded", "variants of which one is drawn become questions of their own"))
    return {**document, "questions": questions}, pictures, tuple(dict.fromkeys(found))


def _settings(settings: Settings) -> Entry:
    made: Entry = {"mode": settings.mode}
    if settings.mode != "survey":
        attempts: Entry = {"max": settings.attempts} if settings.attempts else {}
        attempts |= {"keep": settings.keep} if settings.keep != "best" else {}
        made |= {"attempts": attempts} if attempts else {}
    return made | {"shuffle": {"questions": settings.shuffle_questions, "choices": settings.shuffle_choices}}


class _Lifting:
    """One item on its way to an entry."""

    def __init__(self, item: Item, found: list[Loss], survey: bool) -> None:
        self.item = item
        self.survey = survey
        self.found = found
        self.gaps = {name for name, _ in item.body.gaps} if isinstance(item.body, Gaps) else set()

    def lose(self, what: str) -> None:
        self.found.append(Loss(self.item.id, "degraded", what))

    def said(self, html: Html) -> str:
        """A text as Markdown; `{{x}}` in it is a parameter of ours unless it is a gap."""
        markdown, dropped = to_markdown(html)
        if dropped:
            self.lose(f"what stood in <{'>, <'.join(dropped)}> is left out, or lost its form")
        return PLACEHOLDER.sub(lambda found: found[0] if found[1] in self.gaps else f"{{ {{{found[1]}}}}}", markdown)

    def entry(self) -> Entry:
        item = self.item
        if item.picture and not isinstance(item.body, Spots):
            self.lose("the picture: a quiz holds pictures to point at only")
        body = self.body()
        kind = body.pop("type", None) or _TYPES[type(item.body)]
        made: Entry = {"id": item.id, "type": kind, "prompt": self.said(item.text)}
        if item.points != 1 and kind != "essay" and not self.survey:
            made["points"] = item.points
        if item.tags:
            made["tags"] = list(item.tags)
        why = item.why
        if isinstance(item.body, TrueFalse):
            why = why or " ".join(dict.fromkeys(each for each in (item.body.right, item.body.wrong) if each))
        if why and not isinstance(item.body, Pick):
            made["why"] = self.said(why)
        if item.hints:
            made["hints"] = [self.said(each) for each in item.hints]
        return made | body

    def body(self) -> Entry:
        match self.item.body:
            case Pick() as pick:
                return self.pick(pick)
            case TrueFalse(answer=answer):
                return {"answer": answer}
            case Numbers() as numbers:
                return self.numbers(numbers)
            case Words() as words:
                return self.words(words)
            case Gaps(gaps=gaps):
                return {"blanks": {name: self.gap(gap) for name, gap in gaps}}
            case Pairs() as pairs:
                return self.pairs(pairs)
            case Ordering(items=items, scoring=scoring):
                return {"items": [self.said(each) for each in items], "scoring": scoring}
            case Spots() as spots:
                return self.spots(spots)
            case Open(rubric=rubric):
                return {} if self.survey else {"rubric": list(self.criteria(rubric))}

    def pick(self, body: Pick) -> Entry:
        right = self.right(body.options, body.many)
        choices = []
        for option, id in zip(body.options, distinct([each.id or "c" for each in body.options]), strict=True):
            choice: Entry = {"id": id, "text": self.said(option.text)}
            choice |= {"correct": True} if option in right else {}
            # What is said of the whole question explains the choices that have no explanation of their own.
            why = option.feedback or self.item.why
            choice |= {"why": self.said(why)} if why else {}
            choices.append(choice)
        made: Entry = {"type": "multiple" if body.many else "single", "choices": choices}
        if body.exact:
            return made | {"scoring": "all-or-nothing"}
        if body.many and right:
            self.weigh(body.options, len(right))
        return made

    def right(self, options: tuple[Option, ...], many: bool) -> list[Option]:
        """The right ones: all that earn something, or the one that earns most."""
        earning = [each for each in options if each.share > 0]
        if many or len(earning) <= 1:
            return earning
        self.lose("choices that earn a part earn nothing")
        return [max(earning, key=lambda each: each.share)]

    def weigh(self, options: tuple[Option, ...], right: int) -> None:
        plus, minus = balanced(right, len(options) - right)
        if any(not isclose(each.share, plus if each.share > 0 else minus, abs_tol=_ROUNDED) for each in options):
            self.lose(f"ticks weigh {plus:+.3g} and {minus:+.3g}, not as they did")

    def numbers(self, body: Numbers) -> Entry:
        answers = [each for each in body.values if each.share > 0]
        if len(answers) != 1 or answers[0].share != 1:
            self.lose("one number is right, the first that earned most")
        best = max(body.values, key=lambda each: each.share)
        answer: Entry = {"value": int(best.number) if best.number.is_integer() else best.number}
        traps = [each for each in body.values if each.share <= 0 and each.feedback]
        answer |= self.tolerance(best, traps) | self.units(body)
        made = [{"expr": written(each.number), "why": self.said(each.feedback)} for each in traps]
        return {"answer": answer} | ({"traps": made} if made else {})

    def tolerance(self, best: Value, traps: list[Value]) -> Entry:
        """Absolute, or relative when it grows with the number."""
        if any(each.tolerance != best.tolerance for each in traps):
            ratios = [each.tolerance / abs(each.number) if each.number else 0.0 for each in (best, *traps)]
            if ratios[0] and all(isclose(each, ratios[0], rel_tol=1e-9) for each in ratios):
                return {"rtol": float(f"{ratios[0]:.12g}")}
            self.lose("wrong numbers are recognised within the tolerance of the right one")
        return {"atol": best.tolerance} if best.tolerance else {}

    def units(self, body: Numbers) -> Entry:
        unit = body.unit
        if unit is None:
            return {}
        if not units.known(unit):
            self.lose(f"the unit '{unit}', which quizzes do not know")
            return {}
        accept: list[str] = []
        for name, _ in body.units:
            if not units.known(name) or not units.compatible(name, unit):
                self.lose(f"the unit '{name}', which quizzes do not know")
            elif not any(units.same(name, each) for each in (unit, *accept)):
                accept.append(name)
        return {"unit": unit} | ({"accept": accept} if accept else {})

    def words(self, body: Words) -> Entry:
        accept, traps = [], []
        for word in body.words:
            entry: Entry = {"text": word.text} | ({"flags": ""} if body.case else {})
            why = {"why": self.said(word.feedback)} if word.feedback else {}
            if word.share > 0:
                accept.append(entry | ({"credit": word.share} if word.share != 1 else {}) | why)
            elif why:
                traps.append(entry | why)
            else:
                self.lose(f"the wrong answer '{word.text}', which nothing was said about")
        return {"accept": accept} | ({"traps": traps} if traps else {})

    def gap(self, body: Pick | Numbers | Words) -> Entry:
        if isinstance(body, Numbers):
            return {"type": "numeric"} | self.numbers(body)
        if isinstance(body, Words):
            return {"type": "text"} | self.words(body)
        right = self.right(body.options, many=False)
        if any(each.feedback for each in body.options):
            self.lose("what is said about each choice of a list")
        options = [{"id": each.id, "text": self.said(each.text)} for each in body.options]
        return {"type": "select", "options": options, "answer": right[0].id if right else ""}

    def pairs(self, body: Pairs) -> Entry:
        lefts = [left for left, _ in body.pairs]
        rights = [self.said(right) for _, right in body.pairs]
        if len(lefts) > 1 and not body.extra and lefts == [str(place) for place in range(1, len(lefts) + 1)]:
            return {"type": "order", "items": rights, "scoring": "positions"}
        pairs = [[self.said(left), right] for left, right in zip(lefts, rights, strict=True)]
        return {"pairs": pairs} | ({"distractors": [self.said(each) for each in body.extra]} if body.extra else {})

    def spots(self, body: Spots) -> Entry:
        regions = [
            {"id": each.id, "label": self.said(each.label), "box": [float(side) for side in each.box]}
            for each in body.spots
        ]
        answer = [each.id for each in body.spots if each.share > 0]
        made: Entry = {"alt": self.item.picture.alt if self.item.picture else "", "regions": regions, "answer": answer}
        made |= {"many": True} if body.many else {}
        made |= {"scoring": "all-or-nothing"} if body.exact else {}
        traps = [{"at": each.id, "why": self.said(each.feedback)}
                 for each in body.spots if each.share <= 0 and each.feedback]  # fmt: skip
        return made | ({"traps": traps} if traps else {})

    def criteria(self, rubric: Html) -> Iterator[Entry]:
        """What a person looks for: the list that `natural` makes of a rubric, else all of it as one criterion."""
        found = _CRITERION.findall(rubric)
        if found and f"<ul>{''.join(f'<li>{text} ({points})</li>' for text, points in found)}</ul>" == rubric:
            for place, (text, points) in enumerate(found, 1):
                yield {"id": f"c{place}", "points": float(points), "text": self.said(text)}
            return
        made: Entry = {"id": "answer", "points": self.item.points}
        yield made | ({"text": self.said(rubric)} if rubric else {})
