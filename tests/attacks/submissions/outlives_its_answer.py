"""
about: threads, exit handlers and finalisers that go on after the answer and reply in its name
ends: {code: failed}
unusual: false
"""

import atexit
import threading
import time


class Last:
    def __del__(self):
        open("/tmp/left", "w").write("left")


_last = Last()
_last.itself = _last
atexit.register(lambda: open("/tmp/left2", "w").write("left"))


def _wait():
    while True:
        time.sleep(60)


try:
    threading.Thread(target=_wait, daemon=True).start()
    threading.Thread(target=_wait, daemon=False).start()
except RuntimeError:
    pass


def code(number):
    return None
