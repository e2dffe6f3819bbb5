"""
about: forks, starts subprocesses and sessions of its own to be there after the grade
ends: {code: failed}
"""

import multiprocessing
import subprocess

STARTED = []
for start in (
    os.fork, os.forkpty, lambda: subprocess.Popen(["/bin/sh", "-c", "sleep 600"]), lambda: os.system("true") or 1,
    lambda: os.posix_spawn("/bin/sh", ["sh"], {}), lambda: multiprocessing.Process(target=print).start() or 1,
    lambda: os.execv("/bin/sh", ["sh", "-c", "sleep 600"]),
):
    try:
        pid = start()
        if pid == 0:
            while True:
                pass
        STARTED.append(pid != 32512 and pid != -1)
    except (OSError, RuntimeError, subprocess.SubprocessError):
        pass
code = _code_if(any(STARTED))
