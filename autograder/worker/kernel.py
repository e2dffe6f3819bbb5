"""The few Linux calls Python has no name for, each raising OSError that says which step failed.

Covers prctl, unshare, setns, mount, capset and raw system calls through ctypes. Does not cover when to use them.
"""

from __future__ import annotations

import ctypes
import os
import platform
from typing import Any

ARCH = platform.machine()
"""`x86_64` or `aarch64`; others have no system call table here and are refused."""

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS = 0x00020000, 0x02000000, 0x04000000
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REC, MS_PRIVATE = 0x4000, 0x40000

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_CAPBSET_DROP = 1, 4, 8, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4

CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 5, 6, 7, 21
_CLOSE_RANGE, _LAST_DESCRIPTOR = 436, 0xFFFFFFFF  # the same number on every architecture
_CAPABILITY_VERSION_3 = 0x20080522
_MADV_COLLAPSE, _LARGE_PAGE = 25, 2**21

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _checked(what: str, result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(what: str, number: int, *args: Any) -> int:
    """A raw system call; integers are passed as C longs. `syscall("getpid", 39) -> 4711`."""
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    return _checked(what, _libc.syscall(ctypes.c_long(number), *words))


def close_from(first: int) -> None:
    """Closes every descriptor from `first` on, in one call where Linux is 5.9 or newer."""
    try:
        syscall("close descriptors", _CLOSE_RANGE, first, _LAST_DESCRIPTOR, 0)
    except OSError:
        os.closerange(first, os.sysconf("SC_OPEN_MAX"))


def prctl(what: str, option: int, *args: int) -> int:
    """One process setting. `prctl("non-dumpable", PR_SET_DUMPABLE, 0)`."""
    padded = [ctypes.c_ulong(a) for a in (*args, 0, 0, 0, 0)[:4]]
    return _checked(what, _libc.prctl(ctypes.c_int(option), *padded))


def unshare(flags: int) -> None:
    """Leaves the named namespaces for new ones; a new pid namespace holds the next child."""
    _checked("unshare", _libc.unshare(ctypes.c_int(flags)))


def setns(descriptor: int, kind: int) -> None:
    """Enters a namespace; a pid namespace holds the next child."""
    _checked("setns", _libc.setns(ctypes.c_int(descriptor), ctypes.c_int(kind)))


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """`mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID, "size=64m")`."""
    said = options.encode() if options else None
    result = _libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), said)
    _checked(f"mount {target}", result)


def gather_memory() -> None:
    """Puts this process's own memory into large pages, of which a fork copies a few hundred instead of 50,000 entries.

    Needs Linux 6.1; where it cannot be done, forks take 2 ms longer and nothing else changes.
    """
    with open("/proc/self/maps", encoding="ascii") as maps:
        areas = [line.split() for line in maps]
    for span, rights, *_, name in areas:
        if rights.startswith("rw") and (name == "0" or name == "[heap]"):  # anonymous ones end in their inode, 0
            first, last = (int(word, 16) for word in span.split("-"))
            first, last = -(-first // _LARGE_PAGE) * _LARGE_PAGE, last // _LARGE_PAGE * _LARGE_PAGE
            if first < last:
                _libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), ctypes.c_int(_MADV_COLLAPSE))


def keep_capabilities(*kept: int) -> None:
    """Drops every capability but `kept` from all sets, the bounding set included. `keep_capabilities()` drops all."""
    prctl("clear ambient capabilities", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(64):
        if capability in kept:
            continue
        try:
            prctl("drop a capability", PR_CAPBSET_DROP, capability)
        except OSError:
            break  # past the last one this kernel knows; or not allowed, and then no_new_privs makes it moot
    mask = sum(1 << capability for capability in kept)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    low, high = mask & 0xFFFFFFFF, mask >> 32
    sets = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)
    _checked("capset", _libc.capset(header, sets))
