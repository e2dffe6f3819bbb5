"""
about: keeps a function of the reference and asks it on from a thread, after the call it was lent for
ends: {repeat: failed or crashed, code: failed}
unusual: false
"""

import threading
import time

_table = {}


def repeat(step, start, times):
    def ask_on():
        for number in range(64):
            _table[number] = step(number)

    threading.Thread(target=ask_on, daemon=True).start()
    time.sleep(0.05)
    return _honest["repeat"](step, start, times)


def code(number):
    return _table.get(number)
