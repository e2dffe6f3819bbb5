"""Silent: what stands only in the solution or the hidden suite reaches no student.

Covers the release, the feedback of every known mistake in both languages, and what a student's process can see of its
environment, files and memory; canaries prove that each search finds what is there. Does not cover what a student can
work out from results.
"""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.authoring import read_script, stub_source
from autograder.adapters.pages import feedback
from autograder.adapters.script_rules import hidden_lines, solution_lines
from autograder.adapters.suite_jobs import REPORT, Trial
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.pure.scoring import score
from autograder.types import LANGUAGES, Assignment, Cell, Submission
from autograder.usecases import release
from autograder.usecases.leaks import public_text
from autograder.usecases.validate import reject, spy
from autograder.usecases.validate.subject import Subject, Trials, secret_of

LONG_TEXT = 12  # characters from which a text constant tells something
DIGITS = 4  # significant digits from which a number does
SPY = "silent spy"
CANARY = "canary_that_the_search_must_find"
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"\d[\d_]*\.?\d*(?:e[-+]?\d+)?")
_SHOWN = ("en", "fr")  # arguments of the comparisons that are written for students


@dataclass(frozen=True)
class Silence:
    """How many secrets came out, and where."""

    leaks: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Secrets:
    """What must not come out, with where it stands: whole lines, names and constants of either source."""

    solution: Mapping[str, Location]
    suite: Mapping[str, Location]


def trials(subject: Subject) -> list[Trial]:
    secrets = _secrets(subject.assignment)
    words = [word for word in {*secrets.solution, *secrets.suite} if _WORD.fullmatch(word)]
    source = spy.source(subject.assignment.requires, words, CANARY, REPORT, subject.assignment.limits.test_s / 3)
    return [Trial(SPY, source, secret_of(0))]


def judge(subject: Subject, tried: Trials) -> Silence:
    assignment, secrets = subject.assignment, _secrets(subject.assignment)
    both = {**secrets.solution, **secrets.suite}
    problems: list[str] = []
    try:
        problems += _leaks(_released(assignment), both, "the release, in")
    except CourseError as error:
        problems += error.problems
    # A message may quote the student's own line, and a known mistake holds the solution's lines.
    of_suite = {token: where for token, where in secrets.suite.items() if token not in subject.reference}
    problems += _leaks(_feedback(assignment, tried), of_suite, "the feedback on")
    leaks = len(problems)
    problems += _unproven(both)
    seen, unproven = _seen_by_a_student(both, tried)
    return Silence(leaks + len(seen), (*problems, *seen, *unproven))


def _secrets(assignment: Assignment) -> Secrets:
    script = read_script(assignment)
    suite = assignment.suite
    solution_file, suite_file = shown(script.file), shown(suite)
    lines = {line: Location(solution_file, number) for line, number in solution_lines(script).items()}
    inside = {number for cell in script.of("solution") for number, _ in cell.solution()}
    tree = ast.parse(script.reference())
    public = _public(assignment)
    words = {*_WORD.findall(public), *_NUMBER.findall(public), *assignment.requires, REPORT}
    solution = lines | _tokens((node for node in ast.walk(tree) if getattr(node, "lineno", 0) in inside), solution_file)
    hidden = {line: Location(suite_file, number) for line, number in hidden_lines(suite).items()}
    hidden |= _tokens(_of_the_suite(ast.parse(suite.read_text(encoding="utf-8"))), suite_file)
    return Secrets(
        *(
            {token: where for token, where in each.items() if not _stands(token, public, words)}
            for each in (solution, hidden)
        )
    )


def _of_the_suite(tree: ast.Module) -> Iterable[ast.AST]:
    """Nodes of a suite except the sentences it says to students."""
    told = {
        id(below)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg in _SHOWN
        for below in ast.walk(keyword.value)
    }
    return (node for node in ast.walk(tree) if id(node) not in told)


def _tokens(nodes: Iterable[ast.AST], file: str) -> dict[str, Location]:
    """Telling names and constants: names of several words, long texts, numbers of several digits."""
    found: dict[str, Location] = {}
    for node in nodes:
        token = None
        match node:
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.arg(arg=name) if "_" in name.strip("_"):
                token = name
            case ast.Constant(value=str() as text) if len(text) >= LONG_TEXT and len(text.split()) < 2:
                token = text.strip()
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                digits = re.sub(r"e.*|\D", "", repr(value)).strip("0")
                token = repr(value) if len(digits) >= DIGITS else None
        if token is not None:
            found.setdefault(token, Location(file, getattr(node, "lineno", None)))
    return found


def _public(assignment: Assignment) -> str:
    """What students are given by its nature: texts, given and check cells, stubs, titles, groups and hints."""
    script = read_script(assignment)
    parts = [stub_source(assignment), *(cell.source for cell in script.of("text", "given", "check", "try"))]
    parts += [(assignment.folder / "assignment.yaml").read_text(encoding="utf-8")]
    return " ".join(" ".join(parts).split())


def _leaks(texts: Mapping[str, str], secrets: Mapping[str, Location], place: str) -> list[str]:
    """One line per secret that stands in one of the texts, with the first of them."""
    flat = {name: " ".join(text.split()) for name, text in texts.items()}
    words = {name: {*_WORD.findall(text), *_NUMBER.findall(text)} for name, text in flat.items()}
    found = []
    for token, where in secrets.items():
        names = [name for name in texts if _stands(token, flat[name], words[name])]
        if names:
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            what = f"'{token}' would reach students through {place} {names[0]}{more}"
            found.append(problem(where, what, "reword one of the two"))
    return found


def _stands(token: str, text: str, words: Collection[str]) -> bool:
    """Whether a token stands in a text, as a whole word where it is one."""
    return token in words if _WORD.fullmatch(token) or _NUMBER.fullmatch(token) else token in text


def _released(assignment: Assignment) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        release.build(assignment, Path(name))
        texts = {}
        for file in sorted(Path(name).rglob("*")):
            if file.is_file() and "data" not in file.relative_to(name).parts:
                # The sums of the files are long numbers that tell nothing.
                texts[file.name] = re.sub(r"\b[0-9a-f]{16,}\b", "", public_text(file))
        return texts


def _feedback(assignment: Assignment, tried: Trials) -> dict[str, str]:
    """Everything a student would read about each known mistake."""
    texts = {}
    for mistake in assignment.mistakes:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        work = Submission("student", assignment.slug, now, f"{assignment.slug}.py", (Cell(0, ""),), "")
        verdict = tried[reject.trial_id(mistake)].verdict
        grade = score(assignment, work, verdict, environment="", seed="", graded_at=now)
        titles = {assignment.slug: assignment.title}
        pages = [feedback.markdown("student", [grade], titles, assignment.title, language) for language in LANGUAGES]
        texts[mistake.id] = "\n".join([*pages, feedback.document("student", [grade], titles, assignment.title)])
    return texts


def _unproven(secrets: Mapping[str, Location]) -> list[str]:
    """Secrets that the search would not find if they were there."""
    missed = [token for token, at in secrets.items() if not _leaks({"": f"before {token} after"}, {token: at}, "")]
    return [problem(secrets[token], f"the search for leaks misses '{token}'", "report this") for token in missed]


def _seen_by_a_student(secrets: Mapping[str, Location], tried: Trials) -> tuple[list[str], list[str]]:
    """What the spy found, and whether it could have found anything at all."""
    seen = set(tried[SPY].seen)
    by_digest = {spy.digest(token): token for token in secrets}
    leaks = [
        problem(secrets[by_digest[each]], f"a student's process can see '{by_digest[each]}'", "run: autograder doctor")
        for each in sorted(seen)
        if each in by_digest
    ]
    if spy.digest(CANARY) in seen:
        return leaks, []
    where = Location("a student's process")
    what = f"the search found not even what was planted for it ({len(seen)} reports)"
    return leaks, [problem(where, what, "see that the suite calls a required function")]
