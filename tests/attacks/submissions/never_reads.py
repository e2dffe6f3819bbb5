"""
about: stops reading, so that the grader's questions pile up
ends: {code: limit}
"""

import time


def code(number):
    _reply(kind="value", value=3, after=None, gradients=None)
    time.sleep(60)
