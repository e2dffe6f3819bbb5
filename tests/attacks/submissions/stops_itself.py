"""
about: stops its own process, so that it neither answers nor ends
ends: {code: limit}
"""

import signal


def code(number):
    os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        pass
