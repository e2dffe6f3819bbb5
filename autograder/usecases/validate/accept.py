"""Accept: the reference and every alternative earn all points, on every draw.

Does not cover wrong work (`reject`, `mutants`).
"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.adapters.suite_jobs import Trial, Tried
from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.types import Outcome
from autograder.usecases.validate.subject import Subject, Trials, fault, lost, secret_of


@dataclass(frozen=True)
class Accepted:
    """How many alternatives there are, how many were accepted on every draw, and what is wrong."""

    total: int
    accepted: int
    problems: tuple[str, ...]


def trial_id(work: str, draw: int) -> str:
    return f"accept {work} {draw}"


def trials(subject: Subject) -> list[Trial]:
    works = {"reference": subject.reference, **subject.alternatives}
    return [
        Trial(trial_id(work, draw), source, secret_of(draw), stop="group" if draw else "never")
        for draw in range(subject.draws)
        for work, source in works.items()
    ]


def judge(subject: Subject, tried: Trials) -> Accepted:
    folder = subject.assignment.folder
    problems = []
    if len(subject.alternatives) < (needed := subject.thoroughness.alternatives):
        what = f"{len(subject.alternatives)} alternatives, {needed} are needed"
        problems.append(
            problem(Location(shown(folder / "alternatives")), what, "write right solutions in other styles")
        )
    accepted = 0
    for work in ("reference", *subject.alternatives):
        bad = [(draw, each) for draw in range(subject.draws) if _refused(each := tried[trial_id(work, draw)])]
        accepted += work != "reference" and not bad
        if bad:
            file = folder / (f"{subject.assignment.slug}.py" if work == "reference" else f"alternatives/{work}.py")
            what = f"loses {_said(bad[0][1])} on {len(bad)} of {subject.draws} draws"
            remedy = "mend the work if it is wrong, else the suite, which rejects what is right"
            problems.append(problem(Location(shown(file)), what, remedy))
    return Accepted(len(subject.alternatives), accepted, tuple(problems))


def _refused(tried: Tried) -> bool:
    return fault(tried) is not None or bool(lost(tried))


def _said(tried: Tried) -> str:
    if (why := fault(tried)) is not None:
        return f"everything ({why})"
    first = next(each for each in tried.verdict.results if each.outcome is not Outcome.PASSED)
    return f"'{first.group}' ({first.name}: {first.message.en})"
