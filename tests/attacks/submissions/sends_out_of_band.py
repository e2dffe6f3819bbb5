"""
about: out-of-band and peeking calls on the channel, a part of the kernel with a history of holes
ends: {code: failed}
"""

import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
DONE = [
    _libc.syscall(44, 3, b"x", 1, 1, 0, 0) >= 0,
    _libc.syscall(45, 3, ctypes.create_string_buffer(9), 1, 1 | 0x40, 0, 0) >= 0,
    _libc.syscall(45, 3, ctypes.create_string_buffer(9), 1, 2 | 0x40, 0, 0) >= 0 or ctypes.get_errno() == 11,
]
code = _code_if(any(DONE))
