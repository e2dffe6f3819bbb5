"""What every attack must leave as it was: points, secrets, siblings, the machine, and a true word to the student."""

from __future__ import annotations

import pytest

from autograder.machinery.sandbox import probes
from autograder.types import Status
from tests.attacks.conftest import CANARY, SIBLINGS, TIERS, Counts, Siege, read_attacks

ATTACKS = read_attacks()
_NAMES = [attack.name for attack in ATTACKS]


def _earned(siege: Siege, name: str) -> set[str]:
    return {group.id for group in siege.grades[name].groups if group.points}


@pytest.fixture(scope="module", params=ATTACKS, ids=_NAMES)
def attack(request):
    return request.param


def test_machine_offers_every_tier():
    held = {probe.name for probe in probes() if probe.ok}
    assert {f"tier {tier}" for tier in TIERS} <= held


def test_attack_earns_what_its_honest_part_earns(siege: Siege, attack, counts: Counts):
    counts.attacks.add(attack.name)
    gained = _earned(siege, attack.name) - attack.earns
    counts.gained += len(gained)
    assert gained == set()
    assert _earned(siege, attack.name) == attack.earns
    assert {group.points for group in siege.grades[attack.name].groups} <= {0.0, 1.0}


def test_attack_ends_with_a_message_of_the_right_kind(siege: Siege, attack):
    given = siege.grades[attack.name]
    assert (given.status, given.fault) == (Status.GRADED, None)
    ended = {group.id: group.outcome.value for group in given.groups if group.id in attack.ends}
    assert ended.keys() == attack.ends.keys()
    assert [each for each, outcome in ended.items() if outcome not in attack.ends[each].split(" or ")] == [], ended
    for group in given.groups:
        assert bool(group.message.en) == bool(group.message.fr) == (group.outcome.value != "passed")


def test_attack_is_shown_to_the_instructor_and_not_to_the_student(siege: Siege, attack):
    given = siege.grades[attack.name]
    assert given.unusual or not attack.unusual
    for text in given.unusual:
        assert text.en not in siege.told[f"{attack.name} (json)"]


def test_no_canary_is_in_any_output(siege: Siege, counts: Counts):
    leaks = [(name, found) for name, text in siege.told.items() if (found := CANARY.findall(text))]
    leaks += [("printed", found) for found in CANARY.findall(siege.printed)]
    leaks += [(name, each) for name, each in siege.grades.items() if CANARY.search(repr(each))]
    counts.leaks += len(leaks)
    assert leaks == []
    assert len(siege.told) > 2 * len(ATTACKS)


def test_siblings_have_full_marks(siege: Siege, counts: Counts):
    harmed = [name for name in SIBLINGS if siege.grades[name].score != siege.grades[name].max_score]
    counts.harmed += len(harmed)
    assert harmed == []
    assert [siege.grades[name].unusual for name in SIBLINGS] == [()] * len(SIBLINGS)


def test_everyone_is_graded_once_in_this_tier(siege: Siege, counts: Counts):
    counts.tiers.append(siege.tier)
    assert sorted(siege.grades) == sorted([*_NAMES, *SIBLINGS])
    assert {given.isolation for given in siege.grades.values()} == {siege.tier}


def test_machine_is_as_it_was(siege: Siege):
    assert siege.after.beyond(siege.before) == []
