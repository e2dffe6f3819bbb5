"""The filter as BPF code, run by a small machine here, for both architectures."""

from __future__ import annotations

import struct

import pytest

from autograder.worker import kernel, seccomp

ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
PID = 77


def _verdict(code: bytes, number: int, arch: int, *args: int) -> int:
    padded = [*args, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("=IIQ6Q", number, arch, 0, *(arg & (2**64 - 1) for arg in padded))
    program = list(struct.iter_unpack("=HBBI", code))
    at, held = 0, 0
    while True:
        op, yes, no, value = program[at]
        at += 1
        if op == 0x20:
            (held,) = struct.unpack_from("=I", data, value)
        elif op == 0x54:
            held &= value
        elif op == 0x15:
            at += yes if held == value else no
        elif op == 0x45:
            at += yes if held & value else no
        else:
            assert op == 0x06
            return int(value)


CALLS = {  # name: (x86_64, aarch64), arguments, verdict
    "read": ((0, 63), (), ALLOW),
    "openat": ((257, 56), (-100, 1, 0o101), ALLOW),
    "openat without a name": ((257, 56), (-100, 1, 0x410002), EPERM),
    "mkdirat": ((258, 34), (-100, 1, 0o755), ALLOW),
    "mkdirat closed": ((258, 34), (-100, 1, 0o300), EPERM),
    "sendto the channel": ((44, 206), (3, 1, 1, 0, 0, 0), ALLOW),
    "sendto out of band": ((44, 206), (3, 1, 1, 1, 0, 0), EPERM),
    "recvfrom the channel": ((45, 207), (3, 1, 1, 0, 0, 0), ALLOW),
    "recvfrom with a look ahead": ((45, 207), (3, 1, 1, 2, 0, 0), EPERM),
    "sendto an address": ((44, 206), (3, 1, 1, 0, 1 << 40, 16), EPERM),
    "a thread": ((56, 220), (0x3D0F00,), ALLOW),
    "a process": ((56, 220), (0x1200011,), EPERM),
    "a thread in a new user namespace": ((56, 220), (0x10000000 | 0x3D0F00,), EPERM),
    "clone3": ((435, 435), (), ENOSYS),
    "a signal to itself": ((62, 129), (PID, 6), ALLOW),
    "a signal to its thread": ((234, 131), (PID, PID, 6), ALLOW),
    "SIGKILL to itself": ((62, 129), (PID, 9), EPERM),
    "SIGKILL to its thread": ((234, 131), (PID, PID, 9), EPERM),
    "a signal to another": ((62, 129), (PID + 1, 9), EPERM),
    "a signal to all": ((62, 129), (-1, 9), EPERM),
    "its limits read": ((302, 261), (0, 7, 0, 1), ALLOW),
    "its limits set": ((302, 261), (0, 7, 1 << 33, 0), EPERM),
    "another's limits read": ((302, 261), (5, 7, 0, 1), EPERM),
    "dumpable again": ((157, 167), (4, 1), EPERM),
    "a thread's name": ((157, 167), (15, 1), ALLOW),
    "terminal input faked": ((16, 29), (0, 0x5412), EPERM),
    "blocking": ((16, 29), (3, 0x5421), ALLOW),
    "owner of a descriptor's signals": ((72, 25), (3, 8, 1), EPERM),
    "socket": ((41, 198), (1, 1, 0), EPERM),
    "socketpair": ((53, 199), (1, 1, 0), EPERM),
    "recvmsg": ((47, 212), (3,), EPERM),
    "execve": ((59, 221), (), EPERM),
    "ptrace": ((101, 117), (), EPERM),
    "unshare": ((272, 97), (), EPERM),
    "mount": ((165, 40), (), EPERM),
    "bpf": ((321, 280), (), EPERM),
    "io_uring_setup": ((425, 425), (), EPERM),
    "memfd_create": ((319, 279), (), EPERM),
    "fchmodat": ((268, 53), (), EPERM),
    "utimensat": ((280, 88), (), EPERM),
    "linkat": ((265, 37), (), EPERM),
    "open_by_handle_at": ((304, 265), (), EPERM),
    "process_vm_writev": ((311, 271), (), EPERM),
}


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
@pytest.mark.parametrize("name", CALLS)
def test_verdict_on_call(monkeypatch: pytest.MonkeyPatch, arch: str, name: str) -> None:
    numbers, args, verdict = CALLS[name]
    monkeypatch.setattr(kernel, "ARCH", arch)
    code = seccomp.program(PID, threads=True)
    assert _verdict(code, numbers[arch == "aarch64"], ARCH[arch], *args) == verdict


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_threads_can_be_refused(monkeypatch: pytest.MonkeyPatch, arch: str) -> None:
    monkeypatch.setattr(kernel, "ARCH", arch)
    code = seccomp.program(PID, threads=False)
    assert _verdict(code, CALLS["a thread"][0][arch == "aarch64"], ARCH[arch], 0x3D0F00) == EPERM
    assert _verdict(code, 435, ARCH[arch]) == EPERM


def test_foreign_calling_conventions_end_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "ARCH", "x86_64")
    code = seccomp.program(PID, threads=True)
    assert _verdict(code, 3, 0x40000003) == KILL  # 32-bit x86: other numbers for the same calls
    assert _verdict(code, 0x40000000, ARCH["x86_64"]) == KILL  # x32


def test_unknown_architecture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "ARCH", "riscv64")
    with pytest.raises(OSError, match="riscv64"):
        seccomp.program(PID, threads=True)
