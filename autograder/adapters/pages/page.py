"""Fills a page's template in one language.

Covers escaping, the filters the templates use, the style sheet and the Content-Security-Policy. Does not
cover what the pages say.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.adapters.pages import heatmap, markdown_html, prose, sentences, wording
from autograder.adapters.pages.visible import one_line, visible
from autograder.pure.quizzes.units import spelled
from autograder.types import Language, Text


def fill(template: str, language: Language, **values: Any) -> str:
    """The page as HTML. `fill("feedback.html.j2", "fr", grades=[…], …)`. Raises on a value the template lacks."""
    return _environment(language).get_template(template).render(**values)


def security_policy(style: str, script: str = "") -> str:
    """Nothing is loaded, nothing is sent; only this very style and this very script may act."""
    rules = [
        "default-src 'none'",
        f"style-src {_hash(style)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if script:
        rules.append(f"script-src {_hash(script)}")
    return "; ".join(rules)


def asset(*names: str) -> Markup:
    """Style sheets or scripts of the package, one after the other. `asset("palette.css", "page.css")`"""
    folder = resources.files(__package__) / "templates"
    text = "".join((folder / name).read_text(encoding="utf-8") for name in names)
    return Markup(text)  # noqa: S704 - files of this package


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=2)
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__ or "", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def say(text: Text) -> Markup:
        return prose.to_html(text.say(language), language)

    def either(en: str, fr: str) -> str:
        return wording.typeset(fr, language) if language == "fr" else en

    forms: dict[str, Callable[[float, Language], str]] = {
        "number": wording.number,
        "percent": wording.percent,
        "points": wording.percent_points,
    }
    environment.filters.update(
        say=say,
        prose=lambda text: prose.to_html(text, language),
        say_block=lambda text: markdown_html.to_html(text.say(language), language),
        say_line=lambda text: markdown_html.to_line(text.say(language), language),
        say_plain=lambda text: prose.to_plain(text.say(language), language),
        name=one_line,
        shown=visible,
        number=lambda value: wording.number(value, language),
        points=lambda value: wording.points(value, language),
        percent=lambda value: wording.percent(value, language),
        unit=lambda value: spelled(value, language),
        form_as=lambda value, form: forms[form](value, language),
        moment=lambda value: wording.moment(value, language),
        line=lambda value: wording.typeset(value, language),
    )
    environment.globals.update(
        t=either,
        language=language,
        other="en" if language == "fr" else "fr",
        sentences=sentences,
        draw=lambda picture: heatmap.draw(picture, language),
        asset=asset,
        security_policy=security_policy,
    )
    return environment
