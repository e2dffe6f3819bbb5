"""
about: forks as fast as it can, by every call that makes a process
ends: {code: failed}
"""

import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
CHILDREN = 0
for number, args in ((57, ()), (58, ()), (56, (17, 0, 0, 0, 0)), (435, (0, 0)), (56, (0x100 | 17, 0, 0, 0, 0))):
    for _ in range(200):
        pid = _libc.syscall(number, *args)
        if pid == 0:
            while True:
                _libc.syscall(57)
        CHILDREN += pid > 0
code = _code_if(CHILDREN)
