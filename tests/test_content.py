"""The course's own assignments, graded for real: what is right earns all, what is wrong loses what it declares.

Of each assignment's mistakes some are graded here: `validate` has tried them all, on the assignment as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.adapters.authoring import mistake_source, reference_source, stub_source
from autograder.adapters.course import IN_ENVIRONMENT, Course, load_assignment, load_course
from autograder.adapters.gradebook import Gradebook
from autograder.adapters.validation_stamp import is_validated
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Assignment, Grade, Mistake, Outcome, Status
from autograder.usecases.grade import Kept, Options, grade

ROOT = Path(__file__).parent.parent
COURSE = load_course(ROOT)
# Capstones train for many seconds a work: `validate` tries them, and test_capstones.py runs their notebooks.
SLUGS = [each.slug for each in COURSE.assignments if load_assignment(COURSE, each.slug).kind == "exercise"]
# The same draws each time; validate looks at others.
SECRET = "92cf7fcc01d3f226fb5bc092a68b71a4afcc00f2472ab8faed1c40c7389a1fbe"
MISTAKES = 10  # of each assignment, spread over all of them
REGRADES, WORKS, REGRADED = 10, 3, ("attention", "bpe", "chat-template")  # the reference and the first mistakes


@dataclass(frozen=True)
class Graded:
    """One assignment's works by name, and their grades."""

    assignment: Assignment
    grades: dict[str, Grade]

    def lost(self, name: str) -> set[str]:
        return {group.id for group in self.grades[name].groups if group.outcome is not Outcome.PASSED}


_ODD_RESULTS = {
    "none": "None",
    "text": "'x'",
    "object": "object()",
    "nested": "[[1, 'a'], (2,)]",
    "scalar": "torch.tensor(1.5)",
    "nan": "torch.full((2, 2), float('nan'))",
    "five": "(torch.zeros(2),) * 5",
    "pair": "(None, None)",
    "dict": "{}",
    "int": "3",
    "empty": "[]",
}


def odd_results(assignment: Assignment) -> dict[str, str]:
    """Modules that define every required name and return something odd from it, whatever is asked."""
    names = "".join(f"{name} = odd\n" for name in assignment.requires)
    return {
        kind: f"import torch\n\n\ndef odd(*_, **__):\n    return {value}\n\n\n{names}"
        for kind, value in _ODD_RESULTS.items()
    }


def mistakes(assignment: Assignment) -> Sequence[Mistake]:
    return assignment.mistakes[:: -(-len(assignment.mistakes) // MISTAKES)]


def works(assignment: Assignment) -> dict[str, str]:
    """Works whose grade is known beforehand: `reference`, `stub`, `mistake-…`, `alternative-…`, `odd-…`."""
    found = {"reference": reference_source(assignment), "stub": stub_source(assignment)}
    found |= {f"mistake-{mistake.id}": mistake_source(assignment, mistake) for mistake in mistakes(assignment)}
    for file in sorted((assignment.folder / "alternatives").glob("*.py")):
        found[f"alternative-{file.stem}"] = file.read_text(encoding="utf-8")
    return found | {f"odd-{name}": source for name, source in odd_results(assignment).items()}


def run(course: Course, slugs: list[str], folder: Path, sources: dict[tuple[str, str], str]) -> list[Grade]:
    """The grades of these works, by assignment and name, on the draws of the tests."""
    for (slug, name), source in sources.items():
        place = folder / "submitted" / name / slug
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{slug}.py").write_text(source, encoding="utf-8")
        (place / "timestamp.txt").write_text("2026-09-01 08:00:00.0 UTC", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, Gradebook.open(folder / "book.db") as book:
        patch.setenv(IN_ENVIRONMENT, SECRET)
        options = Options(strongest_tier(), 2, fresh=True)
        done = grade(course, slugs, folder / "submitted", book, options, kept := Kept())
    assert done.problems == []
    return kept.grades


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Graded]]:
    assignments = {slug: load_assignment(COURSE, slug) for slug in SLUGS}
    sources = {(slug, name): text for slug in SLUGS for name, text in works(assignments[slug]).items()}
    done = run(COURSE, SLUGS, tmp_path_factory.mktemp("content"), sources)
    yield {
        slug: Graded(assignments[slug], {each.student: each for each in done if each.assignment == slug})
        for slug in SLUGS
    }


each_assignment = pytest.mark.parametrize("slug", SLUGS)


@each_assignment
def test_it_was_validated_as_it_stands(slug: str) -> None:
    assert is_validated(load_assignment(load_course(ROOT), slug))


@each_assignment
def test_reference_and_alternatives_earn_full_marks(graded: dict[str, Graded], slug: str) -> None:
    of = graded[slug]
    right = [name for name in of.grades if name == "reference" or name.startswith("alternative-")]
    assert len(right) >= 4
    assert {name: of.lost(name) for name in right} == {name: set() for name in right}
    assert {of.grades[name].score for name in right} == {of.assignment.points}


@each_assignment
def test_stub_earns_nothing(graded: dict[str, Graded], slug: str) -> None:
    stub = graded[slug].grades["stub"]
    assert (stub.status, stub.score) == (Status.GRADED, 0.0)


@each_assignment
def test_mistake_loses_exactly_the_groups_it_declares(graded: dict[str, Graded], slug: str) -> None:
    of = graded[slug]
    declared = {mistake.id: set(mistake.loses) for mistake in mistakes(of.assignment)}
    assert len(declared) >= MISTAKES // 2
    assert {id: of.lost(f"mistake-{id}") for id in declared} == declared


@each_assignment
def test_mistake_is_recognised_or_shows_the_hint_of_the_group(graded: dict[str, Graded], slug: str) -> None:
    of = graded[slug]
    unnamed = []
    for mistake in mistakes(of.assignment):
        failing = [g for g in of.grades[f"mistake-{mistake.id}"].groups if g.outcome is not Outcome.PASSED]
        assert {group.mistake for group in failing} <= {mistake.id, None}, mistake.id
        assert all(group.hint.en and group.hint.fr for group in failing), mistake.id
        if not any(group.mistake == mistake.id for group in failing):
            unnamed.append((mistake.id, [group.message.en for group in failing]))
    assert unnamed == []


@each_assignment
def test_results_of_any_type_never_break_the_suite(graded: dict[str, Graded], slug: str) -> None:
    of = graded[slug]
    odd = [name for name in of.grades if name.startswith("odd-")]
    assert len(odd) >= 8
    assert {name: of.grades[name].fault for name in odd} == dict.fromkeys(odd)
    assert {of.grades[name].status for name in odd} == {Status.GRADED}


@each_assignment
def test_messages_are_in_both_languages_and_hold_no_path(graded: dict[str, Graded], slug: str) -> None:
    for name, given in graded[slug].grades.items():
        for group in given.groups:
            if group.outcome is not Outcome.PASSED:
                assert group.message.en and group.message.fr, (name, group.id)
            text = group.message.en + group.message.fr
            assert "solutions/" not in text and "test_hidden" not in text and "Traceback" not in text, (name, text)


@pytest.mark.slow
def test_ten_regrades_give_ten_identical_results(tmp_path: Path) -> None:
    course = load_course(ROOT)
    sources = {}
    for slug in REGRADED:
        assignment = load_assignment(course, slug)
        chosen = {name: text for name, text in works(assignment).items() if name[:3] in ("ref", "mis")}
        for name, text in list(chosen.items())[:WORKS]:
            sources |= {(slug, f"{name}-{turn}"): text for turn in range(REGRADES)}
    done = run(course, list(REGRADED), tmp_path, sources)
    verdicts: dict[tuple[str, str], set[object]] = {}
    for each in done:
        said = tuple((group.id, group.outcome, group.message, group.mistake) for group in each.groups)
        verdicts.setdefault((each.assignment, each.student.rpartition("-")[0]), set()).add(said)
    assert len(done) == len(sources)
    assert {key: len(seen) for key, seen in verdicts.items()} == dict.fromkeys(verdicts, 1)
