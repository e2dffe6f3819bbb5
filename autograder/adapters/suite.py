"""Hidden suites under pytest: fixtures, groups, and the recorder that turns tests into results.

Covers collecting a suite once and running it over many submissions, each in its own worker, and recognising
known mistakes. Does not cover where submissions come from or how results become points.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any, Literal

import pytest
import torch
from _pytest.runner import runtestprotocol

from autograder import wire
from autograder.adapters.authoring import load_reference, mistake_source, reference_source
from autograder.adapters.suite_jobs import Job
from autograder.adapters.suite_tests import Plain, plain
from autograder.checks import Mismatch
from autograder.errors import CourseError, Location, PlatformError, problem
from autograder.machinery import oddities
from autograder.machinery.faults import HELD_NOT, StudentFault, limit
from autograder.machinery.proxy import Student
from autograder.machinery.sandbox import WarmProcess
from autograder.machinery.session import Interrupted, Session
from autograder.pure.draw import Draw
from autograder.pure.recognition import alike, recognise, suspects, tells
from autograder.pure.seed import seed_of
from autograder.pure.suite_parts import in_order
from autograder.types import Assignment, Cell, Mistake, Outcome, Submission, TestResult, Text, Verdict

Emit = Callable[[Verdict], None]

# What is run once more to tell a result that changes from a wrong one: a bounded part of what a submission costs.
AGAIN_TESTS = 4
AGAIN_S = 2.0
MOST_DRAWN = 1000  # of what tests work out once for the same inputs, before it is forgotten: inputs may be a student's

_CHANGES = Text(
    "your result changes from one run to the next on the same input; fix the seed, or remove what is drawn at random "
    "or kept from earlier calls",
    "votre résultat change d'une exécution à l'autre pour la même entrée ; fixez la graine, ou supprimez ce qui est "
    "tiré au hasard ou gardé d'un appel à l'autre",
)
_BROKEN = Text("the check itself failed", "la vérification elle-même a échoué")


class Suite:
    """A pytest plugin that runs one assignment's hidden suite over submissions."""

    def __init__(
        self, assignment: Assignment, secret: bytes, warm: WarmProcess, jobs: Iterable[Job], emit: Emit
    ) -> None:
        self._assignment = assignment
        self._secret = secret
        self._warm = warm
        self._jobs = jobs
        self._emit = emit
        self._items: list[pytest.Item] = []
        self._groups: dict[str, tuple[str, ...]] = {}
        self._order: dict[str, int] = {}  # of the tests in the suite's file
        self._known: dict[str, Any] = {}
        self._known_for = ""
        self._drawn: dict[tuple[int, int], tuple[Any, Any]] = {}  # inputs and expected values that are made once
        self._reference = load_reference(assignment)
        self._student: Student | None = None
        self._alarm: AbstractContextManager[None] = nullcontext()  # of the current submission's time
        self._who, self._test = "", ""  # whose work, and which test, is under way
        self._peak_mib = 0.0
        self._unusual: tuple[Text, ...] = ()  # of the last run
        self._by_nature: dict[str, bool] = {}  # tests in which the reference's own results change from run to run
        self._plain: dict[str, Plain | None] = {}  # tests that are run without pytest's protocol
        self._fixtures = {
            "student": self._current_student,
            "reference": lambda: self._reference,
            "draw": self._new_draw,
        }
        self._raised: BaseException | None = None  # set by pytest's hook while an item runs
        self.problems: list[str] = []

    @pytest.fixture
    def student(self) -> Student:
        """The submission's functions and classes, in their worker."""
        return self._current_student()

    @pytest.fixture
    def reference(self) -> ModuleType:
        """The reference solution, in this process only."""
        return self._reference

    @pytest.fixture
    def draw(self) -> Draw:
        """Seeded inputs of this test: the same for every student, unless the assignment says per-student."""
        return self._new_draw()

    def _current_student(self) -> Student:
        assert self._student is not None
        return self._student

    def _new_draw(self) -> Draw:
        who = (self._who,) if self._assignment.draws == "per-student" else ()
        if len(self._drawn) > MOST_DRAWN:
            self._drawn.clear()
        return Draw(seed_of(self._secret, self._assignment.slug, self._test, *who), self._drawn)

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "group(id): the check group a test belongs to")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            where = Location(str(self._assignment.suite))
            self.problems.append(problem(where, f"the suite does not load:\n{report.longreprtext}", "mend it"))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = session.items
        self._groups = self._check_groups()
        self._plain = {item.name: plain(item, frozenset(self._fixtures)) for item in session.items}
        self._order = {item.name: place for place, item in enumerate(session.items)}
        source = self._assignment.suite.read_text(encoding="utf-8")
        places = {name: place for place, name in enumerate(in_order(source, self._assignment.requires))}
        self._items = sorted(session.items, key=lambda item: places.get(function_of(item), -1))
        if self.problems:
            return True
        gc.collect()
        gc.freeze()  # what stays for the whole suite need not be looked at after each submission
        try:
            self.work()
        finally:
            gc.unfreeze()
        return True

    def work(self) -> None:
        """What is done once the suite is collected and found right: grades the submissions as they come."""
        for job in self._jobs:
            self._emit(self._verdict(job.submission, job.standing, twice=True))

    def skips(self, item: pytest.Item, results: Sequence[TestResult]) -> bool:
        """Whether a test need not run, given the results so far: never, when a submission is graded."""
        return False

    def watching(self, item: pytest.Item) -> AbstractContextManager[None]:
        """Around each test, for who wants to see its comparisons."""
        return nullcontext()

    def tested(self, item: pytest.Item, session: Session, record: Sequence[Any]) -> None:
        """Told after each test, with what it asked of the student and what came back."""

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """A bare report: pytest's own would format every local tensor, which takes longer than the test."""
        raised = call.excinfo.value if call.excinfo is not None else None
        if raised is not None and self._raised is None:
            self._raised = raised
        outcome: Literal["passed", "failed"] = "passed" if raised is None else "failed"
        when: Any = call.when
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when, duration=call.duration)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """Calls a test in its time; what pytest does around it is not cut short, which would harm the next one."""
        arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
        with self._alarm:
            pyfuncitem.obj(**arguments)
        return True

    def _check_groups(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, list[str]] = {group.id: [] for group in self._assignment.groups}
        for item in self._items:
            where = Location(str(item.path), item.reportinfo()[1])
            group = group_of(item)
            if group not in names:
                what = f"test '{item.name}' " + (f"has the unknown group '{group}'" if group else "has no group")
                self.problems.append(problem(where, what, f"mark it with one of: {', '.join(names)}"))
            else:
                names[group].append(item.name)
        for group, tests in names.items():
            if not tests and not self.problems:
                where = Location(str(self._assignment.suite))
                self.problems.append(problem(where, f"group '{group}' has no test", "write one, or remove the group"))
        return {group: tuple(tests) for group, tests in names.items()}

    def _verdict(self, submission: Submission, standing: Sequence[str] = (), twice: bool = False) -> Verdict:
        start = time.perf_counter()
        items = [item for item in self._items if group_of(item) not in standing]
        try:
            try:
                results, records, notes, trace = self._run(submission, items)
            except Interrupted:
                results, records, notes, trace = self._run(submission, items)  # once: then a person looks
            unusual = self._unusual
            recognised = self._recognise(submission, results, records)
            if twice:
                results, changes = self._look_again(submission, results, records, recognised)
                unusual += changes
        except Exception:  # noqa: BLE001 - one submission's trouble on our side must not end the others
            return Verdict((), self._groups, self._warm.tier, time.perf_counter() - start, (), traceback.format_exc())
        finally:
            self._student, self._raised, self._alarm = None, None, nullcontext()
            gc.collect()  # a failed test's error, its frames and what a student sent hold each other
        seconds = time.perf_counter() - start
        return Verdict(tuple(results), self._groups, self._warm.tier, seconds, notes, trace, recognised, unusual)

    def _look_again(
        self,
        submission: Submission,
        results: list[TestResult],
        records: dict[str, list[Any]],
        recognised: dict[str, str],
    ) -> tuple[list[TestResult], tuple[Text, ...]]:
        """Runs some failed tests once more, in a fresh worker on the same draws: does the result change?

        Points stay as they are; the student reads that the result changes, the instructor sees it as unusual. Where
        the reference's own results change, as with weights drawn at random, only a changed outcome counts.
        """
        first = {result.name: result for result in results}
        doubtful = _doubtful(results, records, recognised)
        if not doubtful:
            return results, ()
        again, seen, _, _ = self._run(submission, [item for item in self._items if item.name in doubtful])
        certain = [each for each in again if each.outcome not in (Outcome.LIMIT, Outcome.BROKEN)]
        turned = {each.name for each in certain if each.outcome is not first[each.name].outcome}
        changed = turned | {each.name for each in certain if not alike(records[each.name], seen[each.name])}
        told = changed - self._changing_by_nature(changed)
        if not told | turned:
            return results, ()
        return [replace(each, message=_CHANGES, picture=None) if each.name in told else each for each in results], (
            oddities.CHANGES,
        )

    def _changing_by_nature(self, names: set[str]) -> set[str]:
        """Those of the tests in which the reference itself returns something else each time."""
        unknown = [item for item in self._items if item.name in names - self._by_nature.keys()]
        if unknown:
            source = reference_source(self._assignment)
            made = Submission(self._who, self._assignment.slug, datetime.now(UTC), "", (Cell(0, source),), "")
            one, other = (self._run(made, unknown)[1] for _ in range(2))
            self._by_nature.update({item.name: not alike(one[item.name], other[item.name]) for item in unknown})
        return {name for name in names if self._by_nature[name]}

    def _run(
        self, submission: Submission, items: Sequence[pytest.Item]
    ) -> tuple[list[TestResult], dict[str, list[Any]], tuple[Text, ...], str | None]:
        """Results and records of these tests, notes on loading, and the traceback of a test that broke."""
        files = {f"data/{PurePosixPath(name).name}": self._shipped(name) for name in self._assignment.files}
        session = Session(self._warm, self._assignment, submission, files)
        results: list[TestResult] = []
        records: dict[str, list[Any]] = {}
        trace = None
        self._who = submission.student
        try:
            for item in items:
                if self.skips(item, results):
                    continue
                record: list[Any] = []
                self._student, self._alarm = Student(session, record), session.alarm
                result = self._run_test(item, session)
                if session.interrupted:
                    raise Interrupted(f"a worker was killed during {item.name}")
                if result.outcome is Outcome.BROKEN and trace is None and self._raised is not None:
                    trace = "".join(traceback.format_exception(self._raised))
                results.append(result)
                records[item.name] = record
                self.tested(item, session, record)
        finally:
            session.close()
            self._peak_mib = session.peak_mib
            self._unusual = session.unusual
        results.sort(key=lambda result: self._order[result.name])
        return results, records, session.problems, trace

    def _run_test(self, item: pytest.Item, session: Session) -> TestResult:
        session.begin_test()
        self._test = item.name
        start = time.perf_counter()
        with self.watching(item):
            raised, passed = self._execute(item)
        if isinstance(raised, wire.Late) and session.asked:
            raised = limit("looking")
        seconds = time.perf_counter() - start
        group = group_of(item)
        if passed:
            return TestResult(group, item.name, Outcome.PASSED, Text("", ""), seconds)
        if isinstance(raised, StudentFault):
            return TestResult(group, item.name, raised.outcome, raised.text, seconds)
        if isinstance(raised, Mismatch):
            return TestResult(group, item.name, Outcome.FAILED, raised.text, seconds, raised.picture)
        if isinstance(raised, AssertionError):
            return TestResult(group, item.name, Outcome.FAILED, HELD_NOT, seconds)
        return TestResult(group, item.name, Outcome.BROKEN, _BROKEN, seconds)

    def _execute(self, item: pytest.Item) -> tuple[BaseException | None, bool]:
        """What the item raised first, and whether set-up, call and tear-down all passed."""
        self._raised = None
        if test := self._plain[item.name]:
            try:
                with self._alarm:
                    test.run(self._fixtures)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - whatever a test raises is its result
                self._raised = error
            return self._raised, self._raised is None
        reports = runtestprotocol(item, log=False, nextitem=None)
        raised: BaseException | None = self._raised
        return raised, raised is None and len(reports) == 3 and all(report.passed for report in reports)

    def _shipped(self, name: str) -> bytes:
        return (self._assignment.folder.parent.parent / name).read_bytes()

    def _recognise(
        self, submission: Submission, results: list[TestResult], records: dict[str, list[Any]]
    ) -> dict[str, str]:
        """Runs the suspected mistakes on the same draws, once, and compares."""
        suspected = suspects(results, records, self._assignment.mistakes)
        who = submission.student if self._assignment.draws == "per-student" else ""
        if self._known_for != who:
            self._known, self._known_for = {}, who
        for mistake in suspected:
            if mistake.id not in self._known:
                self._known[mistake.id] = self._run_known(mistake, who)
        return recognise(results, records, self._known, suspected)

    def _run_known(self, mistake: Mistake, who: str) -> tuple[dict[str, Outcome], dict[str, list[Any]]]:
        """Outcomes and records of a known mistake, in the groups that it loses."""
        source = mistake_source(self._assignment, mistake)
        made = Submission(who, self._assignment.slug, datetime.now(UTC), mistake.file.name, (Cell(0, source),), "")
        items = [item for item in self._items if group_of(item) in mistake.loses]
        results, records, _, _ = self._run(made, items)
        return {result.name: result.outcome for result in results}, records


def group_of(item: pytest.Item) -> str:
    """The check group that a test belongs to, or "" when it has none."""
    marker = item.get_closest_marker("group")
    return str(marker.args[0]) if marker and marker.args else ""


def function_of(item: pytest.Item) -> str:
    """The name of a test's definition at the top of the file, without parameters."""
    return item.nodeid.split("::")[1].partition("[")[0]


def _doubtful(
    results: Sequence[TestResult], records: dict[str, list[Any]], recognised: dict[str, str]
) -> frozenset[str]:
    """Failed tests worth a second run: quick ones that saw something; a recognised mistake gave the same elsewhere."""
    names: list[str] = []
    left_s = AGAIN_S
    for result in results:
        failed = result.outcome in (Outcome.FAILED, Outcome.CRASHED) and tells(records[result.name])
        if failed and result.group not in recognised and result.seconds <= left_s and len(names) < AGAIN_TESTS:
            names.append(result.name)
            left_s -= result.seconds
    return frozenset(names)


def _forget(file: Path) -> None:
    """Unloads a suite: pytest would take it from memory for any file of the same name, changed or of another course."""
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) and Path(str(module.__file__)) == file:
            del sys.modules[name]


def run_suite(assignment: Assignment, secret: bytes, warm: WarmProcess, jobs: Iterator[Job], emit: Emit) -> None:
    """Collects the hidden suite once and runs it over submissions, in order, as they come, without what stands.

    Raises CourseError when the suite does not load or a test has no known group.
    """
    run_collected(assignment, lambda: Suite(assignment, secret, warm, jobs, emit))


def run_collected(assignment: Assignment, make: Callable[[], Suite]) -> None:
    """Collects the hidden suite into the plugin and has it work. Raises CourseError as `run_suite` does."""
    file = assignment.suite
    if not file.is_file():
        raise CourseError(
            problem(Location(str(file)), "there is no hidden suite", "write it: docs/write-an-assignment.md")
        )
    torch.set_num_threads(1)
    suite = make()
    options = [
        "-p",
        "no:terminal",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:capture",
        "-p",
        "no:logging",
        "-p",
        "no:doctest",
    ]
    options += [
        "-p",
        "no:unraisableexception",
        "-p",
        "no:threadexception",
        "-p",
        "no:faulthandler",
        "-p",
        "no:junitxml",
    ]
    options += ["--assert=plain"]  # nobody reads pytest's account of a difference, which may take minutes
    options += ["--noconftest", "--import-mode=importlib", "-c", os.devnull, f"--rootdir={assignment.folder.parent}"]
    try:
        code = pytest.main([*options, str(file)], plugins=[suite])
    finally:
        _forget(file)
    if suite.problems:
        raise CourseError(suite.problems)
    if code != pytest.ExitCode.OK:
        raise PlatformError(f"{assignment.slug}: pytest ended with {code!r} while the hidden suite was run")
