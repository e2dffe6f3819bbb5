"""Which language a person is spoken to in."""

from __future__ import annotations

import os

from autograder.types import Language


def language() -> Language:
    """Language of messages: AUTOGRADER_LANG, else the locale's, else English. `fr_FR.UTF-8 -> fr`."""
    for name in ("AUTOGRADER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
