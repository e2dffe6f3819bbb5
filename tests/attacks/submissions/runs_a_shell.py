"""
about: executes programs by every call that does, from the system and from its own folder
ends: {code: failed}
"""

import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
with open("program", "wb") as file:
    file.write(b"#!/bin/sh\necho ran\n")
try:
    os.chmod("program", 0o755)
except OSError:
    pass
DONE = []
for path in ("/bin/sh", "/usr/bin/env", "/bin/busybox", "./program", sys.executable):
    for run in (os.execv, os.execve):
        try:
            run(path, [path], *([{}] if run is os.execve else []))
        except OSError:
            pass
    DONE.append(_libc.syscall(322, -100, path.encode(), 0, 0, 0) >= 0)
code = _code_if(any(DONE))
