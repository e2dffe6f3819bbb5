"""
about: loops for ever, catches every exception and ignores every signal
ends: {code: limit}
unusual: false
"""

import signal


def code(number):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
