"""Independent: a group can be earned while a function it only builds on is broken, so one mistake costs once.

Shown by breaking each required function in turn: a group whose tests never call it must not notice. Does not cover
groups that look at several functions on purpose.
"""

from __future__ import annotations

from autograder.adapters.suite_jobs import Trial
from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.usecases.validate import accept
from autograder.usecases.validate.subject import Subject, Trials, lost, noticing, secret_of

_BROKEN = "\n\ndef {name}(*args, **kwargs):\n    raise NotImplementedError\n"


def trial_id(name: str) -> str:
    return f"independent {name}"


def trials(subject: Subject) -> list[Trial]:
    return [_trial(name, subject) for name in subject.assignment.requires]


def _trial(name: str, subject: Subject) -> Trial:
    source = subject.reference + _BROKEN.format(name=name)
    tests = noticing(subject, frozenset({name}), source)
    return Trial(trial_id(name), source, secret_of(0), "group", tests=tests)


def judge(subject: Subject, tried: Trials) -> tuple[str, ...]:
    """What is wrong: each group that falls with a function that none of its tests calls."""
    where = Location(shown(subject.assignment.suite))
    right = tried[accept.trial_id("reference", 0)]
    calls: dict[str, set[str]] = {group: set() for group in subject.groups}
    for result in right.verdict.results:
        calls[result.group].update(right.asked.get(result.name, ()))
    return tuple(
        problem(
            where,
            f"group '{group}' is lost when `{name}` is broken, though none of its tests calls it",
            f"inject the reference's: student.using({name}=reference.{name})",
        )
        for name in subject.assignment.requires
        for group in sorted(lost(tried[trial_id(name)]))
        if name not in calls[group]
    )
