"""HTML within XML, as QTI 3.0 holds it: elements, with formulas as MathML that carries its LaTeX.

Covers the HTML that `markup` writes, both ways, and what of others' is HTML. Does not cover interactions, which are
put in and taken out by those who know them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from autograder.adapters.pages.markdown_html import mathml
from autograder.adapters.quizzes.exchange.bank import Html
from autograder.adapters.quizzes.exchange.xml import Element, parsed

_FORMULA = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
_MATH = re.compile(r"<math([^>]*)>(.*)</math>", re.DOTALL)
MATHML = "http://www.w3.org/1998/Math/MathML"
_VOID = ("br", "hr", "img")


def put(parent: Element, html: Html) -> None:
    """The content of a parent, which had none."""
    made = parsed(f"<div>{_FORMULA.sub(_formula, html)}</div>")
    parent.text = made.text
    parent.extend(list(made))


def taken(element: Element, inside: Callable[[Element], str | None] = lambda _: None) -> Html:
    """The content of an element; `inside` gives what stands for a child, None for itself."""
    return _content(element, inside).strip()


def _content(element: Element, inside: Callable[[Element], str | None]) -> Html:
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        instead = inside(child)
        parts.append(_shown(child, inside) if instead is None else instead)
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def _shown(element: Element, inside: Callable[[Element], str | None]) -> Html:
    if element.tag == "math":
        source = element.find(".//annotation")
        if source is None:
            return f"<math>{_content(element, inside)}</math>"
        return f"\\({escape(source.text or '', quote=False)}\\)"
    said = "".join(f' {name}="{_quoted(value)}"' for name, value in element.attrib.items())
    if element.tag in _VOID:
        return f"<{element.tag}{said} />"
    return f"<{element.tag}{said}>{_content(element, inside)}</{element.tag}>"


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")


def _formula(found: re.Match[str]) -> str:
    made = _MATH.fullmatch(mathml(unescape(found[1])))
    if made is None:
        return found[0]
    annotation = f'<annotation encoding="application/x-tex">{found[1]}</annotation>'
    return f'<math xmlns="{MATHML}"><semantics><mrow>{made[2]}</mrow>{annotation}</semantics></math>'
