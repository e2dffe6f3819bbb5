"""The gradebook: every grade ever given, in a database, appended and never changed.

Covers SQLite (the default) and any other database SQLAlchemy reaches by URL. Does not cover nbgrader's own
`gradebook.db`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from pydantic import TypeAdapter
from sqlalchemy import (
    DDL,
    Column,
    Connection,
    DateTime,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from autograder.errors import PlatformError
from autograder.types import Grade

GRADE = TypeAdapter(Grade)
LOCK_WAIT_S = 5  # how long another process may hold the database before we say so

_metadata = MetaData()
_grades = Table(
    "grades",
    _metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("assignment", String(80), nullable=False),
    Column("student", String(200), nullable=False),
    Column("status", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("submission_sha256", String(64), nullable=False),
    Column("assignment_version", String(64), nullable=False),
    Column("environment", String(200), nullable=False),
    Column("seed", String(64), nullable=False),
    Column("isolation", String(20), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("graded_at", DateTime(timezone=True), nullable=False),
    Column("document", Text, nullable=False),
    Index("grades_by_student", "assignment", "student", "id"),
)


def append_only(table: Table) -> None:
    """Has the database itself refuse to change or delete rows of a table."""
    for action in ("UPDATE", "DELETE"):
        event.listen(
            table,
            "after_create",
            DDL(
                f"CREATE TRIGGER {table.name}_no_{action.lower()} BEFORE {action} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{table.name} are appended, never changed'); END"
            ).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
        )
    event.listen(
        table,
        "after_create",
        DDL(
            f"CREATE FUNCTION {table.name}_unchanging() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table.name} are appended, never changed'; END $$; "
            f"CREATE TRIGGER {table.name}_no_change BEFORE UPDATE OR DELETE ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION {table.name}_unchanging()"
        ).execute_if(dialect="postgresql"),  # type: ignore[no-untyped-call]
    )


append_only(_grades)


class Gradebook:
    """Grades in a database. `with Gradebook.open(path_or_url) as book: book.append([grade])`"""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    @classmethod
    def open(cls, where: Path | str) -> Gradebook:
        """The gradebook at a path or URL, made if there is none. Raises PlatformError with the remedy."""
        name = str(where)
        if "://" not in name:
            Path(name).absolute().parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(f"sqlite:///{Path(name).absolute()}", connect_args={"timeout": LOCK_WAIT_S})
            event.listen(engine, "connect", _durable)
        else:
            engine = create_engine(name)
            name = engine.url.render_as_string(hide_password=True)
        book = cls(engine, name)
        with book._explained():
            _metadata.create_all(engine)
        return book

    def append(self, grades: Sequence[Grade]) -> None:
        """Adds grades in one transaction: all of them are there when this returns, or none."""
        if not grades:
            return
        with self.writing() as connection:
            connection.execute(insert(_grades), [_row(grade) for grade in grades])

    def check_writable(self) -> None:
        """Raises PlatformError now, rather than after the grading, when nothing could be written."""
        with self.writing() as connection:
            connection.execute(select(_grades.c.id).limit(1))

    def latest(self, slugs: Sequence[str] | None = None, students: Sequence[str] | None = None) -> list[Grade]:
        """The newest grade of each student in each assignment, or of those named, ordered by assignment and student."""
        newest = select(func.max(_grades.c.id)).group_by(_grades.c.assignment, _grades.c.student)
        if slugs is not None:
            newest = newest.where(_grades.c.assignment.in_(list(slugs)))
        if students is not None:
            newest = newest.where(_grades.c.student.in_(list(students)))
        query = select(_grades.c.document).where(_grades.c.id.in_(newest))
        with self.reading() as connection:
            rows = connection.execute(query.order_by(_grades.c.assignment, _grades.c.student)).scalars()
            return [GRADE.validate_json(row) for row in rows]

    def history(self, slug: str, student: str) -> list[Grade]:
        """Every grade this student was ever given for this assignment, oldest first."""
        query = select(_grades.c.document).where(_grades.c.assignment == slug, _grades.c.student == student)
        with self.reading() as connection:
            return [GRADE.validate_json(row) for row in connection.execute(query.order_by(_grades.c.id)).scalars()]

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all. Raises PlatformError with the remedy."""
        with self._explained(), self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by. Raises PlatformError with the remedy."""
        with self._explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            raise PlatformError(_explain(self._name, str(error.orig))) from None
        except (DatabaseError, SQLAlchemyError) as error:
            raise PlatformError(_explain(self._name, str(getattr(error, "orig", error)))) from None


def _durable(connection: object, _: object) -> None:
    """A grade that was reported is on the disk: kill -9 or a power cut leaves whole grades only."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _row(grade: Grade) -> dict[str, object]:
    names = [column.name for column in _grades.columns if column.name not in ("id", "document")]
    return {name: getattr(grade, name) for name in names} | {"document": GRADE.dump_json(grade).decode()}


def _explain(name: str, reason: str) -> str:
    text = reason.lower()
    if "locked" in text:
        remedy = "close the other program that is writing to it (another `autograder grade`?), then run this again"
    elif "full" in text:
        remedy = "free some space on that disk, then run this again: grades given before are kept"
    elif "readonly" in text or "unable to open" in text or "permission" in text:
        remedy = "give yourself the right to write there, or name another place with --gradebook"
    elif "not a database" in text or "malformed" in text:
        remedy = "this file is no gradebook: move it away, or name another place with --gradebook"
    else:
        remedy = "see whether the database is there and takes connections"
    return f"{name}: the gradebook says '{reason.strip()}'. Remedy: {remedy}."
