"""What isolation this machine offers: every condition tried for real, each failure with its fix.

Covers the conditions, the tiers, and choosing the strongest. A tier is tried by isolating a worker in it, without
torch. Does not cover versions, clock and disk, which are not the sandbox's.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import PlatformError
from autograder.machinery.sandbox.budget import Budget, Tier
from autograder.machinery.sandbox.uids import workers_may_have_own
from autograder.machinery.sandbox.warm_process import WarmProcess

_ARCHITECTURES = ("x86_64", "aarch64")
_LANDLOCK_CREATE_RULESET, _LANDLOCK_VERSION = 444, 1
_TRIED_WITHIN_S = 10.0
_STRONGEST_FIRST: tuple[Tier, ...] = ("1", "2", "3")
_SERVES_NOTHING = "def serve(channel):\n    channel.recv(1)\n"
_MEANING = {
    "1": "bubblewrap, and namespaces for each worker",
    "2": "one bubblewrap around all workers; each with its own files, calls and limits",
    "3": "no namespaces; each worker with its own files, calls and limits",
}
_TIER_FIX = {
    "1": "install bubblewrap and allow nested user namespaces"
    " (Ubuntu 24.04: sysctl kernel.apparmor_restrict_unprivileged_userns=0); tier 2 or 3 is used meanwhile",
    "2": "install bubblewrap and allow user namespaces; tier 3 is used meanwhile",
    "3": "use Linux 5.13 or newer with Landlock enabled (add landlock to the lsm= boot parameter)",
}


@dataclass(frozen=True)
class Probe:
    """One condition: what was found, and what to do where it is not met."""

    name: str
    ok: bool
    detail: str
    fix: str


def _system() -> Probe:
    found = f"{platform.system()} {platform.release()} on {platform.machine()}"
    ok = sys.platform == "linux" and platform.machine() in _ARCHITECTURES
    return Probe("system", ok, found, "grade on Linux, x86_64 or aarch64: a container or a virtual machine will do")


def _pidfd() -> Probe:
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError) as error:
        return Probe("process descriptors", False, str(error), "use Linux 5.3 or newer")
    return Probe("process descriptors", True, "available", "")


def _user() -> Probe:
    if os.geteuid() != 0:
        return Probe("user", True, f"ordinary user {os.geteuid()}", "")
    if workers_may_have_own():
        return Probe("user", True, "root; workers run as users of their own", "")
    return Probe(
        "user",
        False,
        "root, and this Python cannot be read by other users: in tier 3 workers share uid 0, without capabilities",
        "install Python and the virtual environment where every user can read them (not below /root)",
    )


def _landlock() -> Probe:
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    detail = f"ABI {version}" if version > 0 else os.strerror(ctypes.get_errno())
    return Probe("landlock", version > 0, detail, _TIER_FIX["3"])


def _seccomp() -> Probe:
    try:
        actions = Path("/proc/sys/kernel/seccomp/actions_avail").read_text(encoding="ascii").split()
    except OSError as error:
        return Probe("seccomp", False, str(error), "use a kernel with CONFIG_SECCOMP_FILTER")
    return Probe("seccomp", "errno" in actions, " ".join(actions), "use a kernel with CONFIG_SECCOMP_FILTER")


def _runs(command: list[str]) -> tuple[bool, str]:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TRIED_WITHIN_S, stdin=subprocess.DEVNULL, env={}
        )
    except (OSError, subprocess.SubprocessError) as error:
        return False, str(error)
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def _bubblewrap() -> Probe:
    fix = "install the package bubblewrap (apt-get install bubblewrap)"
    path = shutil.which("bwrap")
    if path is None:
        return Probe("bubblewrap", False, "not found on PATH", fix)
    works, said = _runs([path, "--version"])
    return Probe("bubblewrap", works, said, fix)


def _namespaces() -> Probe:
    fix = (
        "allow user namespaces: sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone=1; in a container,"
        " a seccomp profile that admits them"
    )
    path = shutil.which("bwrap")
    if path is None:
        return Probe("namespaces", False, "cannot be tried without bubblewrap", fix)
    user = [] if os.geteuid() == 0 else ["--unshare-user"]
    rest = ["--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "--", shutil.which("true") or "/bin/true"]
    works, said = _runs([path, *user, *rest])
    return Probe("namespaces", works, said or "can be made", fix)


@functools.cache
def _tier(tier: Tier) -> Probe:
    """Isolates one worker in this tier, and ends it."""
    name = f"tier {tier}"
    try:
        with WarmProcess(tier, serve_source=_SERVES_NOTHING, preload=False) as warm:
            worker = warm.fork(Budget())
            try:
                worker.channel.fileno()
            finally:
                worker.kill()
    except (PlatformError, OSError) as error:
        return Probe(name, False, str(error), _TIER_FIX[tier])
    return Probe(name, True, _MEANING[tier], "")


def probes() -> tuple[Probe, ...]:
    """Every condition of isolation, tried now. `autograder doctor` prints them."""
    conditions = [_system(), _pidfd()]
    if all(probe.ok for probe in conditions):
        conditions += [_user(), _landlock(), _seccomp(), _bubblewrap(), _namespaces()]
        conditions += [_tier(tier) for tier in _STRONGEST_FIRST]
    return tuple(conditions)


@functools.cache
def strongest_tier() -> Tier:
    """The strongest tier that holds here. Raises PlatformError with the fix when not even tier 3 does."""
    for condition in (_system(), _pidfd()):
        if not condition.ok:
            raise PlatformError(f"student code cannot be isolated: {condition.detail}. Remedy: {condition.fix}.")
    for tier in _STRONGEST_FIRST:
        if _tier(tier).ok:
            return tier
    last = _tier("3")
    raise PlatformError(f"student code cannot be isolated: {last.detail}. Remedy: {last.fix}.")
