from typing import Annotated, Literal

import pytest
from pydantic import AwareDatetime, Field, model_validator

from autograder.adapters.yaml_model import Bilingual, Complaint, Strict, complaints


class Single(Strict):
    type: Literal["single"]
    choices: list[str]


class Numeric(Strict):
    type: Literal["numeric"]
    answer: float


class Quiz(Strict):
    title: str | Bilingual = ""
    due: AwareDatetime | None = None
    pairs: list[tuple[str, Bilingual]] = Field(default_factory=list)
    questions: list[Annotated[Single | Numeric, Field(discriminator="type")]] = Field(default_factory=list)

    @model_validator(mode="after")
    def title_is_short(self) -> "Quiz":
        if self.title == "too long":
            raise ValueError("the title is too long. Remedy: shorten it.")
        return self


def complaint(value):
    result, found = complaints(Quiz, value)
    assert result is None and len(found) == 1
    return found[0]


def test_lists_become_tuples_and_text_dates_but_nothing_else_changes_type():
    quiz, found = complaints(Quiz, {"due": "2026-11-13T23:59:00+01:00", "pairs": [["a", {"en": "b", "fr": "c"}]]})
    assert found == [] and quiz is not None
    assert quiz.pairs[0][1].text().fr == "c" and quiz.due is not None and quiz.due.day == 13


@pytest.mark.parametrize(
    ("value", "path", "what", "remedy"),
    [
        (
            {"questions": [{"type": "single", "choises": ["a"], "choices": ["a"]}]},
            ("questions", 0, "single", "choises"),
            "unknown key 'choises'",
            "write 'choices'",
        ),
        (
            {"questions": [{"type": "numeric", "choices": ["a"], "answer": 1}]},
            ("questions", 0, "numeric", "choices"),
            "unknown key 'choices'",
            "remove it; the keys here are answer, type",
        ),
        (
            {"questions": [{"type": "singel", "choices": []}]},
            ("questions", 0),
            "type 'singel' is unknown",
            "write 'single'",
        ),
        (
            {"pairs": [["a", {"en": "b", "fr": "c", "frr": "d"}]]},
            ("pairs", 0, 1, "frr"),
            "unknown key 'frr'",
            "write 'fr'",
        ),
        (
            {"due": "2026-11-13T23:59:00"},
            ("due",),
            "'due' is \"2026-11-13T23:59:00\": input should have timezone info",
            "add the offset from UTC, as in 2026-10-12T23:59:00+02:00",
        ),
        ({"title": "too long"}, (), "the title is too long", "shorten it"),
        (
            {"questions": "a"},
            ("questions",),
            "'questions' is \"a\": input should be a valid array",
            "write a list, [a, b], there",
        ),
    ],
)
def test_complaint_says_what_and_the_remedy(value, path, what, remedy):
    assert complaint(value) == Complaint(path, what, remedy)


def test_text_of_another_type_is_not_taken_for_text():
    result, found = complaints(Quiz, {"title": 3})
    assert result is None and found
