"""How a child of the warm process gives up everything but four descriptors and one folder.

Covers namespaces, mounts, own uid, limits, capabilities, Landlock, seccomp, seeds; one function per step, and the
order of the steps for each tier in one table. Does not cover making the process (warm) nor what it then does (serve).
"""

from __future__ import annotations

import fcntl
import os
import random
import resource
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.worker import kernel, landlock, seccomp

MIB = 2**20
CHANNEL = 3  # after 0 (/dev/null), 1 and 2 (the log)
_FIRST_FREE = 10  # where descriptors are kept while 0 to 3 are laid
_LAST_TO_SURVIVE = 1000  # oom_score_adj: when memory runs out, the kernel ends this process before any other
_NICENESS = 5  # a worker in an endless loop must not slow the grader beside it
_STACK_BYTES = 8 * MIB  # what every Linux gives: deep recursion ends in RecursionError, not in a crash
_KILL = 9


class CannotIsolate(Exception):
    """A step of isolation failed; the text names it. The child must not go on."""


@dataclass(frozen=True)
class Cage:
    """What one worker gets. `folder`: its only writable one; `uid`: its own, or None to keep the warm process's."""

    tier: str
    readable: tuple[str, ...]
    folder: str
    uid: int | None
    seed: int
    parent: int
    memory_mib: int
    cpu_s: int
    tmp_mib: int
    tmp_files: int
    processes: int
    file_mib: int
    open_files: int


def _end_first_when_memory_runs_out(_: Cage) -> None:
    descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    os.write(descriptor, str(_LAST_TO_SURVIVE).encode())
    os.close(descriptor)


def _lead_a_session(_: Cage) -> None:
    os.setsid()
    os.nice(_NICENESS)


def _own_namespaces(_: Cage) -> None:
    uid, gid = os.getuid(), os.getgid()
    kernel.unshare(
        kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC
        | kernel.CLONE_NEWUTS | kernel.CLONE_NEWCGROUP
    )  # fmt: skip
    write_id_maps(uid, gid)


def write_id_maps(uid: int, gid: int) -> None:
    """Makes the ids of a new user namespace the same inside as outside. A buffered file would hide an error."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def _own_mounts(cage: Cage) -> None:
    kernel.mount("none", "/", "none", kernel.MS_REC | kernel.MS_PRIVATE)
    safe = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    options = f"size={cage.tmp_mib}m,nr_inodes={cage.tmp_files},mode=700"
    kernel.mount("tmpfs", cage.folder, "tmpfs", safe, options)
    kernel.mount("tmpfs", "/proc", "tmpfs", safe | kernel.MS_RDONLY, "size=4k,nr_inodes=2")


def _own_uid(cage: Cage) -> None:
    if cage.uid is not None:
        os.setgroups([])
        os.setresgid(cage.uid, cage.uid, cage.uid)
        os.setresuid(cage.uid, cage.uid, cage.uid)


def _own_folder(cage: Cage) -> None:
    os.chdir(cage.folder)


def _own_environment(cage: Cage) -> None:
    os.environ.update(HOME=cage.folder, TMPDIR=cage.folder)
    tempfile.tempdir = cage.folder
    if sys.stdout and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(line_buffering=True)


def _set_limit(kind: int, value: int) -> None:
    """Soft == hard: pid 1 of a namespace ignores SIGXCPU, and only the hard limit kills it."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _limits(cage: Cage, address_space: int, others: int) -> None:
    _set_limit(resource.RLIMIT_AS, address_space + cage.memory_mib * MIB)
    _set_limit(resource.RLIMIT_CPU, cage.cpu_s)
    _set_limit(resource.RLIMIT_FSIZE, cage.file_mib * MIB)
    _set_limit(resource.RLIMIT_NOFILE, cage.open_files)
    _set_limit(resource.RLIMIT_NPROC, others + cage.processes)
    _set_limit(resource.RLIMIT_STACK, _STACK_BYTES)
    _set_limit(resource.RLIMIT_MEMLOCK, 0)
    _set_limit(resource.RLIMIT_MSGQUEUE, 0)
    _set_limit(resource.RLIMIT_CORE, 0)


def _no_capabilities(_: Cage) -> None:
    kernel.keep_capabilities()


def _no_files_but_these(cage: Cage) -> None:
    landlock.confine(cage.readable, (cage.folder, "/dev/null"))


def _closed_to_others(cage: Cage) -> None:
    """Nobody may trace this process or read its memory; it ends when the warm process ends."""
    kernel.prctl("non-dumpable", kernel.PR_SET_DUMPABLE, 0)
    end_with_parent(cage.parent if cage.tier != "1" else 0)  # across pid namespaces the parent is 0


def end_with_parent(parent: int) -> None:
    """Asks for SIGKILL when the parent ends; ends at once when it already has. Capabilities set later would undo it."""
    kernel.prctl("end with the parent", kernel.PR_SET_PDEATHSIG, _KILL)
    if os.getppid() != parent:
        os._exit(1)


def _no_calls_but_these(cage: Cage) -> None:
    # Nothing counts the threads of uid 0, so it may start none.
    seccomp.confine(pid=os.getpid(), threads=os.getuid() != 0)


def _own_chance(cage: Cage) -> None:
    """Siblings are born with the same random state: each gets its own seed."""
    random.seed(cage.seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(cage.seed % 2**32)
    if "torch" in sys.modules:
        sys.modules["torch"].default_generator.manual_seed(cage.seed)  # torch.manual_seed looks for devices first: 3 ms


def _lay_descriptors(channel: int, log: int) -> None:
    """0 reads nothing, 1 and 2 write the log, 3 is the channel, and there is no other."""
    empty = os.open("/dev/null", os.O_RDONLY)
    kept = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, _FIRST_FREE) for descriptor in (empty, log, log, channel)]
    for target, descriptor in enumerate(kept):
        os.dup2(descriptor, target, inheritable=False)
    kernel.close_from(CHANNEL + 1)


def _address_space() -> int:
    """Bytes of address space in use, shared with the warm process: the budget counts from here."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _threads_of(uid: int) -> Iterator[int]:
    for process in os.listdir("/proc"):
        if process.isdigit():
            try:
                lines = Path(f"/proc/{process}/status").read_text().splitlines()
            except OSError:
                continue  # it ended meanwhile
            fields = dict(line.split(":", 1) for line in lines if ":" in line)
            if int(fields["Uid"].split()[0]) == uid:
                yield int(fields["Threads"])


def _others(cage: Cage) -> int:
    """Threads the kernel counts with this worker's own: none in a user namespace or under a uid of its own.

    The threads of uid 0 are not counted at all.
    """
    if cage.tier == "1" or cage.uid is not None or os.getuid() == 0:
        return 0
    return sum(_threads_of(os.getuid()))


Step = Callable[[Cage], None]

_BEFORE_LIMITS: dict[str, tuple[Step, ...]] = {
    "1": (_end_first_when_memory_runs_out, _lead_a_session, _own_namespaces, _own_mounts, _own_folder),
    "2": (_end_first_when_memory_runs_out, _lead_a_session, _own_uid, _own_folder),
    "3": (_end_first_when_memory_runs_out, _lead_a_session, _own_uid, _own_folder),
    "none": (_end_first_when_memory_runs_out, _lead_a_session, _own_folder),
}
_CONFINED: tuple[Step, ...] = (
    _own_environment, _own_chance, _no_capabilities, _no_files_but_these, _closed_to_others, _no_calls_but_these,
)  # fmt: skip
_AFTER_LIMITS: dict[str, tuple[Step, ...]] = {
    "1": _CONFINED,
    "2": _CONFINED,
    "3": _CONFINED,
    "none": (_own_environment, _own_chance, _closed_to_others),
}


def isolate(cage: Cage, channel: int, log: int) -> socket.socket:
    """Takes every step of the cage's tier and returns the channel as a socket.

    Raises CannotIsolate with the step that failed; whoever catches it must end the process.
    """
    step: str = "descriptors"
    try:
        _lay_descriptors(channel, log)
        # Built here: the constructor asks the kernel what the descriptor is, which seccomp refuses later.
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=CHANNEL)
        address_space, others = _address_space(), _others(cage)
        for before in _BEFORE_LIMITS[cage.tier]:
            step = before.__name__
            before(cage)
        step = "_limits"
        _limits(cage, address_space, others)
        for after in _AFTER_LIMITS[cage.tier]:
            step = after.__name__
            after(cage)
    except Exception as error:  # whatever went wrong, no student's code may run here
        raise CannotIsolate(f"{step.strip('_').replace('_', ' ')}: {error}") from error
    return connection
