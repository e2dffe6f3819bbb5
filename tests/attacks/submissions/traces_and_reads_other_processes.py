"""
about: ptrace, process_vm_readv, pidfd_getfd and kcmp on its parents
ends: {code: failed}
"""

import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
DONE = []
for pid in {0, 1, 2, os.getppid(), os.getpid() - 1}:
    for number, args in (
        (101, (16, pid, 0, 0)), (101, (0x4206, pid, 0, 0)), (310, (pid, 0, 0, 0, 0, 0)), (311, (pid, 0, 0, 0, 0, 0)),
        (434, (pid, 0)), (312, (pid, pid, 0, 0, 0)), (424, (3, 9, 0, 0)),
    ):
        DONE.append(_libc.syscall(number, *args) >= 0)
code = _code_if(any(DONE))
