"""The widget that shows a quiz in JupyterLab, Notebook and VS Code.

Covers carrying questions to the form and answers to the kernel. Does not cover what the kernel says to them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from autograder.adapters.pages.quiz import form_of, script, widget_style
from autograder.quiz_types import StudentQuiz
from autograder.types import Language

Asked = Callable[[str, Mapping[str, Any]], Any]
"""What is said to a message of the form: its kind and content."""


class QuizWidget(anywidget.AnyWidget):
    """The form of a quiz; it sends what is answered, and shows what comes back."""

    _esm = script("quiz_widget.js")
    _css = widget_style()
    html = traitlets.Unicode("").tag(sync=True)


def make_widget(paper: StudentQuiz, language: Language, student: str, asked: Asked) -> QuizWidget:
    """The form of a paper, with ids of its own, whose messages are answered by `asked`."""
    widget = QuizWidget(html=form_of(paper, language, f"q{secrets.token_hex(4)}", student))

    def heard(_: Any, content: dict[str, Any], buffers: Any) -> None:
        widget.send({"id": content["id"], "content": asked(content["kind"], content)})

    widget.on_msg(heard)
    return widget
