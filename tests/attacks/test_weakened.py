"""With one protection taken away, an attack that fails otherwise goes through: the suite of attacks can fail."""

from __future__ import annotations

import pytest

from autograder.machinery.sandbox import Tier
from autograder.types import Grade
from autograder.usecases import grade as use
from tests.attacks.conftest import HERE, Grounds, honest, hostile, open_folder, read_attacks
from tests.attacks.weakened import NAME, WEAKENINGS

ATTACKS = {attack.name: attack for attack in read_attacks()}
GOES_THROUGH: dict[str, tuple[Tier, str]] = {
    "namespaces": ("1", "remembers_in_files"),
    "landlock": ("3", "reads_suite_and_reference_by_path"),
    "seccomp": ("3", "opens_sockets"),
    "limits": ("3", "memory_in_one_piece"),
    "exact types": ("3", "sends_a_pickle"),
}


def _graded(monkeypatch: pytest.MonkeyPatch, tier: Tier, name: str, weakening: str | None, source: str = "") -> Grade:
    if weakening is not None:
        monkeypatch.setenv("PYTHONPATH", str(HERE))
        monkeypatch.setenv(NAME, weakening)
        monkeypatch.setattr(use, "PROCESS_MODULE", "weakened")
    monkeypatch.delenv("AUTOGRADER_SECRET", raising=False)
    with open_folder() as folder:
        grounds = Grounds(folder)
        grounds.hand_in(name, source or hostile(ATTACKS[name]))
        (given,), _ = grounds.grade(tier, workers=1)
    return given


def _earned(given: Grade) -> set[str]:
    return {group.id for group in given.groups if group.points}


@pytest.mark.parametrize("weakening", GOES_THROUGH)
def test_attack_gains_a_point_without_the_protection(monkeypatch, weakening):
    tier, name = GOES_THROUGH[weakening]
    gained = _earned(_graded(monkeypatch, tier, name, weakening)) - ATTACKS[name].earns
    assert gained == {"code"}


def test_slow_reply_holds_the_grader_without_absolute_deadlines(monkeypatch):
    assert _graded(monkeypatch, "3", "one_byte_at_a_time", None).seconds < 4.0
    assert _graded(monkeypatch, "3", "one_byte_at_a_time", "deadlines").seconds > 4.0


# Namespaces also hide that files exist: names, sizes and dates are no secret in tier 3, which has none.
LOOKS = """

try:
    os.stat("@COURSE@/solutions/toolbox/test_hidden.py")
    code = _code_if(True)
except OSError:
    code = _code_if(False)
"""


@pytest.mark.parametrize(("tier", "seen"), [("1", False), ("3", True)])
def test_files_of_the_grader_can_be_measured_only_without_namespaces(monkeypatch, tier, seen):
    given = _graded(monkeypatch, tier, "looks", None, honest() + LOOKS)
    assert ("code" in _earned(given)) == seen


def test_every_weakening_is_shown_to_matter():
    assert set(WEAKENINGS) == {*GOES_THROUGH, "deadlines"}
