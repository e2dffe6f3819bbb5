"""Takes a quiz in a browser by the keyboard alone: Tab, arrows, Space, Enter and what is typed."""

from __future__ import annotations

from autograder.quiz_types import Answer, Filled, Picked, Typed

WHERE = """() => {
  const at = document.activeElement, form = at.closest("form");
  return {
    question: form?.dataset.question ?? null, form: form?.className ?? "", kind: form?.dataset.kind ?? "",
    tag: at.tagName, type: at.type ?? "", name: at.className, id: at.dataset.id ?? null,
    slot: at.dataset.slot ?? null, item: at.closest("li")?.dataset.id ?? null,
    value: at.value ?? "", field: at.name ?? "", outline: getComputedStyle(at).outlineStyle,
  };
}"""
MOST = 400  # keys pressed before something is said to be out of reach


def where(page):
    """What has the focus."""
    return page.evaluate(WHERE)


def reach(page, wanted, key="Tab"):
    """Presses Tab until the focus is on what is wanted; returns it."""
    for _ in range(MOST):
        at = where(page)
        if wanted(at):
            return at
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches it")


def answer(page, question: str, given: Answer) -> None:
    """Fills in one question, from wherever the focus is."""
    match given:
        case Typed(text=text):
            reach(page, lambda at: at["question"] == question and at["name"].startswith("line"))
            page.keyboard.type(text)
        case Filled(slots=slots):
            for slot, value in slots.items():
                _fill(page, question, slot, value)
        case Picked(ids=ids):
            first = reach(page, lambda at: at["question"] == question and at["tag"] in ("INPUT", "BUTTON"))
            if first["kind"] == "order":
                _put_in_order(page, question, ids)
            elif first["type"] == "radio":
                _choose(page, first, ids[0])
            else:
                _tick(page, question, ids)


def press(page, question: str, name: str) -> None:
    """Presses a button of a question."""
    reach(page, lambda at: at["question"] == question and name in at["name"].split())
    page.keyboard.press("Enter")


def _choose(page, first, wanted):
    if first["id"] == wanted:
        page.keyboard.press("Space")
    reach(page, lambda at: at["id"] == wanted, key="ArrowDown")


def _tick(page, question, ids):
    """Ticks what is to be ticked, in the order it stands in."""
    for _ in ids:
        reach(page, lambda at: at["question"] == question and at["id"] in ids)
        page.keyboard.press("Space")
        page.keyboard.press("Tab")


def _fill(page, question, slot, value):
    at = reach(page, lambda at: at["question"] == question and at["slot"] == slot)
    if at["tag"] == "SELECT":
        reach(page, lambda at: at["value"] == value, key="ArrowDown")
    elif at["type"] != "checkbox":
        page.keyboard.type(value)
    elif value == "true":
        page.keyboard.press("Space")


def _put_in_order(page, question, ids):
    """Moves each item up to its place, the first one first."""
    for place, item in enumerate(ids):
        reach(page, lambda at: at["question"] != question, key="Shift+Tab")
        reach(page, lambda at, item=item: at["item"] == item and at["name"] == "up")
        order = page.eval_on_selector_all(f'form[data-question="{question}"] li', "all => all.map(li => li.dataset.id)")
        for _ in range(order.index(item) - place):
            page.keyboard.press("Enter")
