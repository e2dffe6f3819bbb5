"""Which files a process may touch, by Landlock rules that nothing can lift again.

Covers reading and writing below given paths, network, signals and abstract sockets to the outside. Does not cover
metadata (stat, chmod, chown, utimens), which seccomp closes, nor descriptors that are already open.
Source: the kernel's Documentation/userspace-api/landlock.rst, ABI 1 to 7.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from autograder.worker import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
_VERSION_FLAG = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_DIR, _MAKE_REG = 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_ALL_OF_ABI_1 = (1 << 13) - 1
_ADDED_BY_ABI = {2: _REFER, 3: _TRUNCATE, 5: _IOCTL_DEV}

_NET_BIND_AND_CONNECT, _NET_SINCE_ABI = 0b11, 4
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS, _SCOPE_SINCE_ABI = 0b11, 6

_READ = _READ_FILE | _READ_DIR
_READ_AND_WRITE = _READ | _WRITE_FILE | _TRUNCATE | _MAKE_REG | _MAKE_DIR | _REMOVE_FILE | _REMOVE_DIR | _REFER
_FOR_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scope", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("descriptor", ctypes.c_int32)]


def abi() -> int:
    """The kernel's Landlock version, 0 when it has none or it is switched off. `abi() -> 7`"""
    try:
        return kernel.syscall("landlock", _CREATE_RULESET, None, 0, _VERSION_FLAG)
    except OSError:
        return 0


def _handled_files(version: int) -> int:
    added = (rights for since, rights in _ADDED_BY_ABI.items() if since <= version)
    return _ALL_OF_ABI_1 | sum(added)


def _ruleset(version: int) -> int:
    rules = _Ruleset(
        _handled_files(version),
        _NET_BIND_AND_CONNECT if version >= _NET_SINCE_ABI else 0,
        _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if version >= _SCOPE_SINCE_ABI else 0,
    )
    known = 24 if version >= _SCOPE_SINCE_ABI else 16 if version >= _NET_SINCE_ABI else 8
    return kernel.syscall("landlock ruleset", _CREATE_RULESET, ctypes.byref(rules), known, 0)


def _allow(ruleset: int, path: str, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not os.path.isdir(path):
            rights &= _FOR_A_FILE
        rule = _PathRule(rights, descriptor)
        kernel.syscall(f"landlock rule for {path}", _ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)


def confine(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Lets this thread and its children read below `readable`, read and write below `writable`, and no more.

    `confine(["/usr/lib"], ["/tmp/w1"])`. Paths that do not exist are left out. Raises OSError without Landlock.
    """
    version = abi()
    ruleset = _ruleset(version)
    handled = _handled_files(version)
    for paths, rights in ((readable, _READ), (writable, _READ_AND_WRITE)):
        for path in paths:
            if os.path.exists(path):
                _allow(ruleset, path, rights & handled)
    kernel.prctl("no new privileges", kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.syscall("landlock", _RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
