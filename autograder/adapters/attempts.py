"""Attempts at quizzes, in the database of the gradebook: appended and never changed.

Covers what was answered and the values drawn for it, as they were when received: grades are made anew from these.
Does not cover surveys, which keep nothing of who answered.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
)

from autograder.adapters.gradebook import Gradebook, append_only
from autograder.adapters.quizzes.documents import parse_response, response_document
from autograder.pure.quizzes.grading import Attempt
from autograder.quiz_types import Response

_metadata = MetaData()
_attempts = Table(
    "attempts",
    _metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("quiz", String(80), nullable=False),
    Column("student", String(200), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("document", Text, nullable=False),
    UniqueConstraint("quiz", "student", "attempt", name="one_of_each_attempt"),
)
append_only(_attempts)


class AttemptBook:
    """Attempts beside the grades. `AttemptBook(gradebook).append([attempt])`"""

    def __init__(self, book: Gradebook) -> None:
        self._book = book
        with book.writing() as connection:
            _metadata.create_all(connection)

    def append(self, attempts: Sequence[Attempt]) -> None:
        """Adds attempts in one transaction. Raises PlatformError when one of them is there already."""
        if attempts:
            with self._book.writing() as connection:
                connection.execute(insert(_attempts), [_row(each) for each in attempts])

    def of(self, quiz: str) -> list[Attempt]:
        """Every attempt at a quiz, ordered by student and number."""
        query = select(_attempts.c.document, _attempts.c.received_at, _attempts.c.sha256)
        query = query.where(_attempts.c.quiz == quiz).order_by(_attempts.c.student, _attempts.c.attempt)
        with self._book.reading() as connection:
            return [_attempt(*row) for row in connection.execute(query)]


def _row(attempt: Attempt) -> dict[str, object]:
    response = attempt.response
    document = {**response_document(response), "drawn": {id: dict(values) for id, values in attempt.drawn.items()}}
    return {
        "quiz": response.quiz,
        "student": response.student,
        "attempt": response.attempt,
        "sha256": attempt.sha256,
        "received_at": attempt.received_at,
        "document": json.dumps(document),
    }


def _attempt(document: str, received_at: datetime, sha256: str) -> Attempt:
    response = parse_response(document)
    assert isinstance(response, Response)
    # SQLite gives dates back without their zone, which is UTC.
    moment = received_at if received_at.tzinfo else received_at.replace(tzinfo=UTC)
    return Attempt(response, response.drawn, moment, sha256)
