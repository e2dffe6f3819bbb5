"""Kind: whatever fails says in both languages what differs and what to look at.

Covers every failing test of every known mistake: no bare assertion, no error or path of ours, a hint beside it. Does
not cover whether the words are good ones.
"""

from __future__ import annotations

import re

from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.machinery.faults import HELD_NOT
from autograder.types import Assignment, Mistake, Outcome, TestResult
from autograder.usecases.validate import reject
from autograder.usecases.validate.subject import Subject, Trials

_OURS = re.compile(r"Traceback|test_[a-z]|\.py\b|solutions/|0x[0-9a-f]{6}|<[a-z_.]+ object")
SHORTEST = 3  # words that say something


def judge(subject: Subject, tried: Trials) -> tuple[str, ...]:
    """What is wrong: one line per test whose words do not help."""
    assignment = subject.assignment
    where = Location(shown(assignment.suite))
    found: dict[str, str] = {}
    for mistake in assignment.mistakes:
        for result in tried[reject.trial_id(mistake)].verdict.results:
            if result.outcome not in (Outcome.PASSED, Outcome.BROKEN) and result.name not in found:
                wrong = _wrong(assignment, mistake, result)
                if wrong:
                    found[result.name] = f"test '{result.name}' {wrong}, as mistake '{mistake.id}' shows"
    return tuple(
        problem(where, what, "say in both languages what differs and what to look at") for what in found.values()
    )


def _wrong(assignment: Assignment, mistake: Mistake, result: TestResult) -> str | None:
    en, fr = result.message.en, result.message.fr
    group = next(each for each in assignment.groups if each.id == result.group)
    if result.message == HELD_NOT:
        return "fails with a bare assertion"
    if not en.strip() or not fr.strip():
        return "says nothing in one of the languages"
    # The line of the student's own that a message may quote is theirs, whatever stands in it.
    if _OURS.search(re.sub(r"`[^`]*`", "", en + fr)):
        return f"tells of our side: {en}"
    if min(len(en.split()), len(fr.split())) < SHORTEST:
        return f"says too little: {en}"
    if en == fr:
        return f"says the same in both languages: {en}"
    if not all((group.hint.en, group.hint.fr, mistake.hint.en, mistake.hint.fr)):
        return "has no hint beside it"
    return None
