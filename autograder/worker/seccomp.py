"""Which system calls a worker may make: a list of what Python, numpy and torch need, all else is refused.

Covers x86_64 and aarch64. A refused call fails with EPERM, so that a student reads PermissionError instead of
losing the process. Does not cover which files the allowed calls reach (Landlock) nor how much they use (limits).
Source: the kernel's Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import struct

from autograder.worker import kernel

_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x45, 0x54, 0x06
_OFFSET_NUMBER, _OFFSET_ARCH, _OFFSET_ARGS = 0, 4, 16
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38

_SET_MODE_FILTER, _FLAG_ALL_THREADS = 1, 1
_X32 = 0x40000000  # the other ABI of x86_64, whose numbers carry this bit

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}

# name: (x86_64, aarch64); None where the architecture has no such call.
_FREE: dict[str, tuple[int | None, int | None]] = {
    # data through descriptors that are open already
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "pwrite64": (18, 68),
    "lseek": (8, 62), "close": (3, 57), "close_range": (436, 436), "dup": (32, 23), "dup2": (33, None),
    "dup3": (292, 24), "pipe": (22, None), "pipe2": (293, 59), "poll": (7, None), "ppoll": (271, 73),
    "select": (23, None), "pselect6": (270, 72), "fsync": (74, 82), "fdatasync": (75, 83),
    "ftruncate": (77, 46), "flock": (73, 32),
    # files and folders; Landlock says which
    "stat": (4, None), "fstat": (5, 80), "lstat": (6, None), "newfstatat": (262, 79), "statx": (332, 291),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439), "statfs": (137, 43), "fstatfs": (138, 44),
    "getdents64": (217, 61), "getcwd": (79, 17), "chdir": (80, 49), "fchdir": (81, 50), "readlink": (89, None),
    "readlinkat": (267, 78), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "unlink": (87, None),
    "unlinkat": (263, 35), "rmdir": (84, None),
    # memory
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214), "mremap": (25, 216),
    "madvise": (28, 233), "mincore": (27, 232), "msync": (26, 227),
    # threads and signals of this process
    "futex": (202, 98), "set_robust_list": (273, 99), "get_robust_list": (274, 100), "rseq": (334, 293),
    "set_tid_address": (218, 96), "sched_yield": (24, 124), "membarrier": (324, 283), "getcpu": (309, 168),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigsuspend": (130, 133),
    "rt_sigtimedwait": (128, 137), "rt_sigpending": (127, 136), "sigaltstack": (131, 132), "pause": (34, None),
    "alarm": (37, None), "getitimer": (36, 102), "setitimer": (38, 103), "restart_syscall": (219, 128),
    "exit": (60, 93), "exit_group": (231, 94),
    # time, chance, and who am I
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153), "getrusage": (98, 165),
    "getrandom": (318, 278), "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "uname": (63, 160), "sysinfo": (99, 179),
    "getrlimit": (97, 163),
}  # fmt: skip

_OPENAT = (257, 56)
_OPEN = (2, None)
_MKDIRAT = (258, 34)
_MKDIR = (83, None)
_SENDTO = (44, 206)
_RECVFROM = (45, 207)
_CLONE = (56, 220)
_CLONE3 = (435, 435)
_KILL_CALL = (62, 129)
_TGKILL = (234, 131)
_PRCTL = (157, 167)
_PRLIMIT = (302, 261)
_IOCTL = (16, 29)
_FCNTL = (72, 25)
_SCHED_GETAFFINITY = (204, 123)

_O_TMPFILE_BIT = 0x400000  # a file without a name is in no folder, so that no count of the folder sees it
_OWNER_MAY_ALL = 0o700  # a folder its owner cannot list would hide what is in it
_SIGKILL = 9
_CLONE_THREAD = 0x00010000
_CLONE_NEW_NAMESPACES = 0x7E020000
_HARMLESS_PRCTL = (3, 15, 16)  # is it dumpable; the thread's name, set and get
_HARMLESS_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # is it a terminal, its size, bytes waiting, flags
_HARMLESS_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 1030)  # duplicate, flags, file locks

Instruction = tuple[int, int, int, int]


def _load(offset: int) -> Instruction:
    return (_LOAD, 0, 0, offset)


def _low(argument: int) -> Instruction:
    return _load(_OFFSET_ARGS + 8 * argument)


def _high(argument: int) -> Instruction:
    return _load(_OFFSET_ARGS + 8 * argument + 4)


def _answer(value: int) -> Instruction:
    return (_RETURN, 0, 0, value)


_ALLOWED, _REFUSED = _answer(_ALLOW), _answer(_ERRNO | _EPERM)


def _when(number: int | None, body: list[Instruction]) -> list[Instruction]:
    """Runs `body`, which ends in an answer, for this call; the accumulator holds the number before and after."""
    if number is None:
        return []
    return [(_JUMP_EQUAL, 0, len(body), number), *body]


def _argument_in(argument: int, allowed: tuple[int, ...]) -> list[Instruction]:
    """Allows when the low half of an argument is one of `allowed`."""
    checks: list[Instruction] = [_low(argument)]
    for left, value in zip(range(len(allowed) - 1, -1, -1), allowed, strict=True):
        checks.append((_JUMP_EQUAL, left + 1, 0, value))
    return [*checks, _REFUSED, _ALLOWED]


def _signal_to_itself(pid: int, argument: int) -> list[Instruction]:
    """Allows any signal to this process but SIGKILL, so that who is killed is known to be killed by another."""
    return [_low(0), (_JUMP_EQUAL, 0, 3, pid), _low(argument), (_JUMP_EQUAL, 1, 0, _SIGKILL), _ALLOWED, _REFUSED]


def _zero(*words: Instruction) -> list[Instruction]:
    """Allows when every loaded word is zero."""
    body: list[Instruction] = []
    for position, word in enumerate(words):
        body += [word, (_JUMP_EQUAL, 0, 2 * (len(words) - position) - 1, 0)]
    return [*body, _ALLOWED, _REFUSED]


def _without_bits(argument: int, bits: int) -> list[Instruction]:
    return [_low(argument), (_JUMP_ANY_BIT, 0, 1, bits), _REFUSED, _ALLOWED]


def _with_bits(argument: int, bits: int) -> list[Instruction]:
    return [_low(argument), (_AND, 0, 0, bits), (_JUMP_EQUAL, 0, 1, bits), _ALLOWED, _REFUSED]


def _a_thread_only() -> list[Instruction]:
    """A new thread of this process, in the same namespaces; never a process."""
    return [
        _low(0),
        (_JUMP_ANY_BIT, 2, 0, _CLONE_NEW_NAMESPACES),
        (_JUMP_ANY_BIT, 0, 1, _CLONE_THREAD),
        _ALLOWED,
        _REFUSED,
    ]


def program(pid: int, threads: bool) -> bytes:
    """The filter as BPF code. `pid`: this process as it sees itself; `threads`: may it start any.

    Raises OSError on an architecture whose numbers are not known here.
    """
    if kernel.ARCH not in _AUDIT_ARCH:
        raise OSError(_ENOSYS, f"no system call list for {kernel.ARCH}")
    column = 0 if kernel.ARCH == "x86_64" else 1
    code: list[Instruction] = [
        _load(_OFFSET_ARCH),
        (_JUMP_EQUAL, 1, 0, _AUDIT_ARCH[kernel.ARCH]),
        _answer(_KILL),
        _load(_OFFSET_NUMBER),
    ]
    if kernel.ARCH == "x86_64":
        code += [(_JUMP_ANY_BIT, 0, 1, _X32), _answer(_KILL)]
    for pair in _FREE.values():
        code += _when(pair[column], [_ALLOWED])
    code += _when(_OPENAT[column], _without_bits(2, _O_TMPFILE_BIT))
    code += _when(_OPEN[column], _without_bits(1, _O_TMPFILE_BIT))
    code += _when(_MKDIRAT[column], _with_bits(2, _OWNER_MAY_ALL))
    code += _when(_MKDIR[column], _with_bits(1, _OWNER_MAY_ALL))
    # No flags, since out-of-band data has had bugs in the kernel; no address: only the channel's other end.
    code += _when(_SENDTO[column], _zero(_low(3), _low(4), _high(4)))
    code += _when(_RECVFROM[column], _zero(_low(3)))
    code += _when(_KILL_CALL[column], _signal_to_itself(pid, 1))
    code += _when(_TGKILL[column], _signal_to_itself(pid, 2))
    code += _when(_PRCTL[column], _argument_in(0, _HARMLESS_PRCTL))
    code += _when(_PRLIMIT[column], _zero(_low(0), _low(2), _high(2)))  # read one's own limits, set none
    code += _when(_IOCTL[column], _argument_in(1, _HARMLESS_IOCTL))
    code += _when(_FCNTL[column], _argument_in(1, _HARMLESS_FCNTL))
    code += _when(_SCHED_GETAFFINITY[column], _zero(_low(0)))
    if threads:
        code += _when(_CLONE[column], _a_thread_only())
        code += _when(_CLONE3[column], [_answer(_ERRNO | _ENOSYS)])  # its flags are in memory; libc falls back to clone
    code.append(_REFUSED)
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]


def confine(pid: int, threads: bool) -> None:
    """Puts the filter in force for every thread of this process, for good. Raises OSError when it cannot."""
    code = program(pid, threads)
    filled = _Program(len(code) // 8, code)
    kernel.prctl("no new privileges", kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.syscall("seccomp", _SECCOMP[kernel.ARCH], _SET_MODE_FILTER, _FLAG_ALL_THREADS, ctypes.byref(filled))
