"""Each criterion, shown by a fault planted in a copy of the mini course: `validate` fails for that and nothing else.

All copies stand in one course and are validated in one run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.validation_stamp import is_validated
from autograder.machinery.sandbox import strongest_tier
from autograder.usecases.validate import validate
from autograder.usecases.validate.report import COLUMNS, Report, as_document, margin_rows, rows

pytestmark = pytest.mark.slow

MINI = Path(__file__).parents[2] / "courses" / "mini"
QUADRUPLE = "\n\ndef quadruple(x):\n    return double(double(x))\n"


class Silent:
    """A validation that nobody watches."""

    def start(self, total: int) -> None: ...
    def tried(self, assignment: str) -> None: ...


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def right(folder: Path) -> None:
    """The mini course's assignment as it is."""


def vacuous_group(folder: Path) -> None:
    add(
        folder / "assignment.yaml",
        "- id: extra\n  points: 1\n  title: {en: Extra, fr: En plus}\n  hint: {en: Look closer, fr: Regardez mieux}\n",
    )
    add(folder / f"{folder.name}.py", '\n# %% group="extra"\ndouble(3)\n')
    add(folder / "test_hidden.py", '\n\n@pytest.mark.group("extra")\ndef test_extra():\n    pass\n')


def loose_tolerance(folder: Path) -> None:
    suite = folder / "test_hidden.py"
    edit(suite, "import same, unchanged", "import Tolerance, close, same, unchanged")
    edit(
        suite,
        'same(student.double(x), reference.double(x), en="twice a number", fr="le double d\'un nombre")',
        'close(student.double(x), reference.double(x), Tolerance(0.0, 4000.0, "loose"), en="a number", fr="un nombre")',
    )


def leaked_line(folder: Path) -> None:
    edit(folder / "assignment.yaml", "What is twice a number?", "Is it return [item + item for item in x] perhaps?")


def leaked_name(folder: Path) -> None:
    suite = folder / "test_hidden.py"
    text = suite.read_text(encoding="utf-8").replace("items", "drawn_items")
    suite.write_text(text.replace('en="double of a list"', 'en="double of drawn_items"'), encoding="utf-8")


def flaky_test(folder: Path) -> None:
    add(
        folder / "test_hidden.py",
        '\n\n@pytest.mark.group("numbers")\ndef test_luck(student):\n'
        "    import random\n\n    from autograder.checks import expect\n\n    student.double(1)\n"
        '    expect(random.random() < 0.5, en="this was bad luck", fr="pas de chance cette fois")\n',
    )


def dependent_group(folder: Path) -> None:
    edit(folder / "assignment.yaml", "requires: [double]", "requires: [double, quadruple]")
    add(
        folder / "assignment.yaml",
        "- id: quads\n  points: 1\n  title: {en: Four times, fr: Quatre fois}\n  hint: {en: Twice, fr: Deux fois}\n",
    )
    solution = "    ### BEGIN SOLUTION\n    return double(double(x))\n    ### END SOLUTION\n"
    add(
        folder / f"{folder.name}.py",
        f'\n# %% id="quadruple"\ndef quadruple(x):\n    """Four times a number."""\n{solution}\n'
        '# %% group="quads"\nsame(quadruple(1), 4, en="four times 1", fr="quatre fois 1")\n',
    )
    add(
        folder / "test_hidden.py",
        '\n\n@pytest.mark.group("quads")\ndef test_quads(student):\n'
        '    same(student.quadruple(5), 20, en="four times a number", fr="quatre fois un nombre")\n',
    )
    for file in (folder / "alternatives").glob("*.py"):
        add(file, QUADRUPLE)


def bare_assertion(folder: Path) -> None:
    edit(
        folder / "test_hidden.py",
        'same(result, reference.double(items), en="double of a list", fr="le double d\'une liste")',
        "assert result == reference.double(items)",
    )


def wrong_alternative(folder: Path) -> None:
    edit(folder / "alternatives" / "shifts.py", "return doubled", "return tuple(doubled)")


def mistake_declared_wrongly(folder: Path) -> None:
    edit(folder / "mistakes" / "repeats_list.py", "loses: [lists]", "loses: [numbers, lists]")


def stale_explanation(folder: Path) -> None:
    (folder / "equivalent.yaml").write_text(
        "schema: 1\nequivalent:\n- id: arithmetic:double:1\n  change: item + item -> item - item\n"
        "  reason: it is said that nobody can tell the difference\n",
        encoding="utf-8",
    )


def unknown_explanation(folder: Path) -> None:
    stale_explanation(folder)
    edit(folder / "equivalent.yaml", "arithmetic:double:1", "arithmetic:double:99")


def left_open(folder: Path) -> None:
    add(folder / "alternatives" / "shifts.py", "# FILL IN: another style\n")


# What is planted, the criteria that fail, and the words that every line of what is wrong holds.
FAULTS: dict[str, tuple[Callable[[Path], None], tuple[str, ...], str]] = {
    "right": (right, (), ""),
    "vacuous": (vacuous_group, ("reject", "mutants"), "'extra'"),
    "loose": (loose_tolerance, ("mutants",), "solutions/loose/"),
    "leaky-line": (leaked_line, ("silent",), "would reach students"),
    "leaky-name": (leaked_name, ("silent",), "'drawn_items' would reach students through the feedback"),
    "flaky": (flaky_test, ("steady",), "'test_luck' changes its verdict"),
    "dependent": (dependent_group, ("independent",), "student.using(double=reference.double)"),
    "unkind": (bare_assertion, ("kind",), "bare assertion"),
    "unaccepted": (wrong_alternative, ("accept",), "alternatives/shifts.py"),
    "misdeclared": (mistake_declared_wrongly, ("reject",), "it keeps 'numbers'"),
    "stale": (stale_explanation, ("mutants",), "'arithmetic:double:1' is killed, yet equivalent.yaml explains"),
    "unknown": (unknown_explanation, ("complete",), "there is no mutant 'arithmetic:double:99'"),
    "open": (left_open, ("complete",), "left to fill in"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course") / "mini"
    shutil.copytree(MINI, root)
    edit(
        root / "course/course.yaml",
        "assignments:\n",
        "assignments:\n" + "".join(f"- {{slug: {slug}, weight: 1}}\n" for slug in FAULTS),
    )
    for slug, (plant, _, _) in FAULTS.items():
        folder = root / "solutions" / slug
        shutil.copytree(root / "solutions/double", folder)
        (folder / "double.py").rename(folder / f"{slug}.py")
        edit(folder / "assignment.yaml", "slug: double", f"slug: {slug}")
        plant(folder)
    return root


@pytest.fixture(scope="module")
def reports(root: Path) -> Iterator[dict[str, Report]]:
    found = validate(load_course(root), list(FAULTS), strongest_tier(), 2, Silent())
    yield {each.assignment: each for each in found}


@pytest.mark.parametrize("slug", FAULTS)
def test_planted_fault_fails_its_criterion_alone(reports: dict[str, Report], slug: str):
    _, failing, words = FAULTS[slug]
    report = reports[slug]
    lines = [line for each in report.failing for line in report.problems[each]]
    assert report.failing == failing, lines
    assert report.ok is not bool(failing)
    assert [line for line in lines if words not in line or "Remedy: " not in line] == []


def test_loose_tolerance_is_named(reports: dict[str, Report]):
    assert any("within a tolerance of 4e+03" in line for line in reports["loose"].problems["mutants"])


def test_only_what_passes_is_stamped(reports: dict[str, Report], root: Path):
    course = load_course(root)
    assert {slug for slug in FAULTS if is_validated(load_assignment(course, slug))} == {"right"}


def test_document_is_that_of_the_contract(reports: dict[str, Report]):
    document = as_document([reports["right"], reports["flaky"], reports["open"]])
    assert document["version"] == 1
    good, flaky, untried = document["assignments"]
    assert good["assignment"] == "right" and good["ok"] is True
    assert good["mistakes"] == {"declared": 1, "caught": 1}
    assert good["mutants"] == {"total": good["mutants"]["total"], "killed": good["mutants"]["total"], "equivalent": 0}
    assert good["mutants"]["total"] > 10
    assert good["alternatives"] == {"total": 3, "accepted": 3}
    assert (good["flips"], good["leaks"]) == (0, 0)
    assert good["seconds"] > 0 and good["memory_mib"] > 0
    assert flaky["flips"] > 0 and flaky["ok"] is False
    assert untried["ok"] is False and untried["mutants"] is None


def test_every_group_of_the_right_one_rejects_mutants(reports: dict[str, Report]):
    figures = reports["right"].figures
    assert figures is not None
    assert set(figures.killed.groups) == {"numbers", "lists"}
    assert all(count > 0 for count in figures.killed.groups.values())


def test_margins_lie_on_both_sides_of_the_tolerance(reports: dict[str, Report]):
    figures = reports["loose"].figures
    assert figures is not None
    (margin,) = figures.steadiness.margins
    assert (margin.atol, margin.honest) == (4000.0, 0.0)
    assert margin_rows(reports["loose"])[0][0] == "loose"


def test_rows_have_the_columns_of_the_table(reports: dict[str, Report]):
    found = rows(list(reports.values()))
    assert {len(row) for row in found} == {len(COLUMNS)}
    assert found[0][:4] == ("right", "ok", "1/1", found[0][3])
