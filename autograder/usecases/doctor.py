"""Examines the machine: isolation, versions, clock, disk; each failure with its fix."""

from __future__ import annotations

import platform
import shutil
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.errors import PlatformError
from autograder.machinery.sandbox import Probe, Tier, probes, strongest_tier

PACKAGES = ("torch", "numpy", "pytest", "nbgrader", "jupytext", "sqlalchemy")
FREE_MIB = 500  # what a gradebook, feedback and a report of a large class need
EARLIEST = 1_735_689_600  # 2025-01-01: a clock before this is not set


@dataclass(frozen=True)
class Examination:
    """Everything that was looked at, and the tier that grading would use; None when it would refuse."""

    tier: Tier | None
    isolation: str
    probes: tuple[Probe, ...]


def examine(folder: Path) -> Examination:
    """Looks at this machine and the disk that `folder` is on."""
    found = [*probes(), *_versions(), _clock(), _disk(folder)]
    try:
        tier = strongest_tier()
        return Examination(tier, f"tier {tier}", tuple(found))
    except PlatformError as error:
        return Examination(None, f"none: {error}", tuple(found))


def _versions() -> list[Probe]:
    found = [Probe("python", True, platform.python_version(), "")]
    for name in PACKAGES:
        try:
            found.append(Probe(name, True, version(name), ""))
        except PackageNotFoundError:
            found.append(Probe(name, False, "not installed", "pip install 'autograder[instructor]'"))
    return found


def _clock() -> Probe:
    moment = time.strftime("%Y-%m-%d %H:%M:%S %Z")
    return Probe("clock", time.time() > EARLIEST, moment, "set the clock: lateness is counted by it")


def _disk(folder: Path) -> Probe:
    free = shutil.disk_usage(folder).free // 2**20
    return Probe("disk", free > FREE_MIB, f"{free} MiB free", f"free {FREE_MIB} MiB where the course lies")


def as_document(done: Examination) -> dict[str, object]:
    """The document of `doctor --json`."""
    checks = [{"name": each.name, "ok": each.ok, "detail": each.detail, "fix": each.fix} for each in done.probes]
    return {"version": 1, "tier": done.tier, "isolation": done.isolation, "probes": checks}
