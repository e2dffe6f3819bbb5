"""
about: sends signals to its parent, its group and everyone
ends: {code: failed}
"""

import signal

DONE = []
for pid in (os.getppid(), 1, 0, -1, *range(2, 40)):
    if pid == os.getpid():
        continue
    for number in (0, signal.SIGSTOP, signal.SIGKILL):
        for send in (os.kill, os.killpg):
            try:
                send(pid, number)
                DONE.append(pid)
            except OSError:
                pass
code = _code_if(DONE)
