"""Brings handed-in work into `submitted/<student>/<assignment>/`.

Covers the kinds of sources in `adapters.deliveries`, as folders and archives, whose work is whose by a roster, and
receipts for what `autograder submit` made. Nothing is lost: `adapters.submitted` keeps what is replaced, and what is
nobody's known.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.adapters import submitted
from autograder.adapters.archive import is_archive, unpack
from autograder.adapters.course import Course, secret
from autograder.adapters.deliveries import dropped
from autograder.adapters.deliveries.delivery import Delivery, Kind, Reading
from autograder.adapters.deliveries.kinds import kind_of
from autograder.adapters.pages.folders import folder_name, write_whole
from autograder.adapters.receipt import Receipt, sign
from autograder.adapters.roster import Match, Roster
from autograder.adapters.student_name import shown, why_no_student
from autograder.errors import Location, SubmissionError, problem

RECEIPTS = ".receipts"
_MOST_LINES = 50  # told of one archive


@dataclass(frozen=True)
class Brought:
    """What a collection did: taken in, already there, and lines on what matched nothing or is odd.

    `kind` is what the source was taken for, `aside` where unmatched work is kept, `receipts` those that were written.
    """

    taken: tuple[str, ...]
    same: tuple[str, ...]
    unmatched: tuple[str, ...]
    kind: Kind
    aside: Path | None = None
    receipts: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Options:
    """What a person says of a source: its kind, its assignment, and who is in the class."""

    kind: str = ""
    assignment: str = ""
    roster: Roster | None = None


def collect(course: Course, source: Path, into: Path, options: Options | None = None) -> Brought:
    """Brings every hand-in of `source`, a folder or an archive, into `into`; links and devices are never followed.

    Raises SubmissionError when `source` is neither, or is of no kind that is known; CourseError for wrong options.
    """
    options = options or Options()
    if options.assignment:
        course.scheduled(options.assignment)
    archived = is_archive(source) and source.is_file()
    if not archived and not source.is_dir():
        remedy = "name the folder that holds the work, or a .zip or .tar.gz of it"
        raise SubmissionError(problem(Location(str(source)), "this is no folder", remedy))
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unpacked-", dir=into) as room:
        (unpacked := Path(room) / "source").mkdir()
        (inner := Path(room) / "handins").mkdir()
        left_out = unpack(source, unpacked) if archived else ()
        told = [f"{source.name}: {each}" for each in left_out[:_MOST_LINES]]
        if len(left_out) > _MOST_LINES:
            told.append(f"{source.name}: {len(left_out) - _MOST_LINES} more are left out")
        slugs = tuple(each.slug for each in course.assignments)
        kind, folder = kind_of(source, unpacked if archived else source, slugs, options.kind)
        reading = Reading(folder, slugs, inner, not archived, told)
        return _Collection(course, into, options, kind, reading).run()


class _Collection:
    """One run of `collect` over a source of a known kind."""

    def __init__(self, course: Course, into: Path, options: Options, kind: Kind, reading: Reading) -> None:
        self._course, self._into, self._options = course, into, options
        self._kind, self._reading = kind, reading
        self._taken: list[str] = []
        self._same: list[str] = []
        self._aside: list[Delivery] = []
        self._receipts: list[Path] = []

    def run(self) -> Brought:
        matched: list[tuple[str, Delivery]] = []
        for delivery in map(self._with_assignment, self._kind.read(self._reading)):
            if delivery is None:
                continue
            match = self._match(delivery)
            if match.student is None:
                self._unmatched(delivery, match.why)
            else:
                matched.append((match.student, delivery))
        labels: dict[tuple[str, str], set[str]] = {}
        for student, delivery in matched:
            labels.setdefault((student, delivery.slug), set()).add(delivery.who.label)
        for student, delivery in matched:
            others = labels[student, delivery.slug]
            if len(others) > 1:
                listed = " and ".join(shown(each) for each in sorted(others))
                self._unmatched(delivery, f"{listed} are both taken for {shown(student)}; tell them apart in a roster")
            else:
                self._bring(student, delivery)
        aside = self._keep_aside()
        told = tuple(self._reading.told)
        return Brought(tuple(self._taken), tuple(self._same), told, self._kind, aside, tuple(self._receipts))

    def _with_assignment(self, delivery: Delivery) -> Delivery | None:
        """The delivery with its assignment; None when it is of another one than was asked for, or of none known."""
        delivery = dropped.inside(delivery, self._reading)
        wanted = self._options.assignment
        if wanted and (self._kind.one_assignment or not delivery.slug):
            return replace(delivery, slug=wanted)
        if not delivery.slug:
            self._unmatched(delivery, "its files do not say of which assignment they are; say so with --assignment")
            return None
        return delivery if wanted in ("", delivery.slug) else None

    def _match(self, delivery: Delivery) -> Match:
        roster = self._options.roster
        match = Match(delivery.who.student) if roster is None else roster.find(delivery.who)
        if match.student is not None and (wrong := why_no_student(match.student)) is not None:
            return Match(None, f"the student's name {wrong}; rename it and collect again")
        return match

    def _unmatched(self, delivery: Delivery, why: str) -> None:
        self._aside.append(delivery)
        name = shown(delivery.who.label) + (f"/{delivery.slug}" if delivery.slug else "")
        self._reading.told.append(f"{name}: {why}")

    def _bring(self, student: str, delivery: Delivery) -> None:
        due = self._course.scheduled(delivery.slug).due
        done = submitted.bring(delivery, student, self._into, self._reading.told, due)
        if done is None:
            return
        (self._taken if done else self._same).append(f"{shown(student)}/{delivery.slug}")
        if delivery.handin is not None:
            self._receipt(student, delivery, delivery.handin)

    def _receipt(self, student: str, delivery: Delivery, handin: Path) -> None:
        """Signs for a hand-in once, and puts a copy beside its archive where a drop folder is written to."""
        name, path = delivery.files[0]
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        kept = self._into / RECEIPTS / folder_name(student) / f"{delivery.slug}-{sha256}.json"
        if not kept.is_file():
            moment = submitted.received_at(self._into / student / delivery.slug)
            receipt = Receipt(self._course.id, student, delivery.slug, name, sha256, moment)
            self._receipts.append(write_whole(kept, sign(receipt, secret(self._course.root))))
        beside = handin.with_name(handin.name.removesuffix(".zip") + dropped.RECEIPT_SUFFIX)
        if self._kind is dropped.KIND and self._reading.direct and not beside.exists():
            try:
                write_whole(beside, kept.read_text(encoding="utf-8")).chmod(0o644)
            except OSError as error:
                self._reading.told.append(
                    f"{shown(beside.name)}: not written ({os.strerror(error.errno or 0)}); it is in {RECEIPTS}/"
                )

    def _keep_aside(self) -> Path | None:
        try:
            return submitted.keep_unmatched(self._aside, self._kind.id, self._reading.folder, self._into)
        except OSError as error:
            self._reading.told.append(f"unmatched work is not kept aside ({os.strerror(error.errno or 0)})")
            return None


def as_document(brought: Brought) -> dict[str, object]:
    """The document of `collect --json`."""
    return {
        "version": 1,
        "kind": brought.kind.id,
        "taken": list(brought.taken),
        "same": list(brought.same),
        "unmatched": list(brought.unmatched),
        "aside": str(brought.aside) if brought.aside else None,
        "receipts": [str(path) for path in brought.receipts],
    }
