from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.pages import wording


@pytest.mark.parametrize(
    ("value", "en", "fr"), [(13.5, "13.5", "13,5"), (20.0, "20", "20"), (0.125, "0.12", "0,12"), (-0.001, "0", "0")]
)
def test_number(value, en, fr):
    assert wording.number(value, "en") == en
    assert wording.number(value, "fr") == fr


@given(st.floats(-1000, 1000))
def test_number_reads_back(value):
    assert abs(float(wording.number(value, "fr").replace(",", ".")) - value) <= 0.005 + 1e-9


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (0, "0 points", "0 point"),
        (1, "1 point", "1 point"),
        (1.5, "1.5 points", "1,5 point"),
        (2, "2 points", "2 points"),
    ],
)
def test_points_agree_with_their_number(value, en, fr):
    assert wording.points(value, "en") == en.replace(" ", "\u00a0")
    assert wording.points(value, "fr") == fr.replace(" ", "\u00a0")


def test_percent_rounds_halves_up():
    assert wording.percent(0.625, "en") == "63%"
    assert wording.percent(0.625, "fr") == "63\u00a0%"


def test_score():
    assert wording.score(13.5, 20, "en") == "13.5 of 20\u00a0points"
    assert wording.score(13.5, 20, "fr") == "13,5\u00a0points sur\u00a020"


def test_moment():
    when = datetime(2026, 8, 1, 9, 5, tzinfo=UTC)
    assert wording.moment(when, "en").replace("\u00a0", " ") == "1 August 2026, 09:05 UTC"
    assert wording.moment(when, "fr").replace("\u00a0", " ") == "1er août 2026 à 9 h 05 (UTC)"
    paris = when.astimezone(timezone(timedelta(hours=2)))
    assert wording.moment(paris, "en").endswith("11:05 UTC+02:00")
    assert wording.moment(datetime(2026, 12, 24, 18, 0), "fr").replace("\u00a0", " ") == "24 décembre 2026 à 18 h 00"


@pytest.mark.parametrize(
    ("seconds", "en", "fr"),
    [
        (93_600, "1 day 2 hours", "1 jour et 2 heures"),
        (3_600, "1 hour", "1 heure"),
        (86_400 * 3 + 59, "3 days", "3 jours"),
        (59, "less than a minute", "moins d'une minute"),
    ],
)
def test_duration(seconds, en, fr):
    assert wording.duration(seconds, "en").replace("\u00a0", " ") == en
    assert wording.duration(seconds, "fr").replace("\u00a0", " ") == fr


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("quoi ? oui !", "quoi\u202f? oui\u202f!"),
        ("a : b ; c", "a\u00a0: b\u202f; c"),
        ("« mot »", "«\u00a0mot\u00a0»"),
        ("95 %", "95\u00a0%"),
        ("x[:, :2] a ?b", "x[:, :2] a ?b"),
    ],
)
def test_french_spaces(text, typeset):
    assert wording.typeset(text, "fr") == typeset
    assert wording.typeset(typeset, "fr") == typeset
    assert wording.typeset(text, "en") == text
