"""
about: starts threads until none can be started, all of them computing
ends: {code: limit}
unusual: false
"""

import threading


def _burn():
    while True:
        pass


def code(number):
    for _ in range(1000):
        try:
            threading.Thread(target=_burn, daemon=True).start()
        except (RuntimeError, MemoryError):
            break
    _burn()
