"""What the name of an exchanged file says: the quiz and the language.

Covers `attention.fr.xml`. Does not cover what is in it.
"""

from __future__ import annotations

from pathlib import Path

from autograder.adapters.quizzes.exchange.bank import slug
from autograder.types import LANGUAGES, Language


def language_of(file: Path) -> Language:
    """The language that a file name says, else English. `language_of(Path("a.fr.xml")) -> "fr"`"""
    return next((language for language in LANGUAGES if f".{language}." in file.name), "en")


def name_of(file: Path) -> str:
    """The id of a quiz that a file name says. `name_of(Path("attention.fr.xml")) -> "attention"`"""
    return slug(file.name.partition(".")[0], "quiz")
