"""What the probes say, and which tier is chosen, on this machine and on poorer ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import PlatformError
from autograder.machinery.sandbox import Probe, probes, strongest_tier
from autograder.machinery.sandbox import probes as probes_module
from tests.machinery.sandbox.conftest import OFFERED, TIERS

REPOSITORY = Path(__file__).parents[3]
_ASK = "from autograder.machinery.sandbox import strongest_tier; print(strongest_tier())"
module = sys.modules[probes_module.__module__]


def _strongest(*wrapped_in: str, **variables: str) -> str:
    done = subprocess.run(
        [*wrapped_in, sys.executable, "-c", _ASK], capture_output=True, text=True, cwd=REPOSITORY,
        env={**os.environ, **variables}, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_this_machine_offers_every_tier_whose_conditions_hold() -> None:
    met = {probe.name for probe in probes() if probe.ok}
    assert {"system", "process descriptors", "landlock", "seccomp"} <= met
    expected = TIERS if {"bubblewrap", "namespaces"} <= met else ("3",)
    assert expected == OFFERED
    assert strongest_tier() == OFFERED[0]


def test_failed_condition_comes_with_its_fix() -> None:
    for probe in probes():
        assert probe.detail
        assert probe.ok or probe.fix


def test_without_bubblewrap_tier_3_is_chosen() -> None:
    assert _strongest(PATH="/nonexistent") == "3"


def test_without_the_right_to_make_namespaces_tier_3_is_chosen() -> None:
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        assert setpriv is not None
        assert _strongest(setpriv, "--bounding-set=-sys_admin") == "3"
        assert _strongest(setpriv, "--bounding-set=-all") == "3"
    else:
        assert _strongest("bwrap", "--dev-bind", "/", "/", "--unshare-user", "--disable-userns") == "3"


def test_machine_without_any_tier_is_refused_with_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_tier", lambda tier: Probe(f"tier {tier}", False, "no Landlock", "use a newer kernel"))
    strongest_tier.cache_clear()
    try:
        with pytest.raises(PlatformError, match=r"no Landlock\. Remedy: use a newer kernel\."):
            strongest_tier()
    finally:
        strongest_tier.cache_clear()


def test_other_system_is_refused_with_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "darwin")
    strongest_tier.cache_clear()
    try:
        with pytest.raises(PlatformError, match="grade on Linux"):
            strongest_tier()
    finally:
        strongest_tier.cache_clear()
