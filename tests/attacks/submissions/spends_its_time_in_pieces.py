"""
about: takes less than the time of a test for each call, and many times as much for all calls of the test
ends: {code: limit, tally: limit}
unusual: false
"""

import time


def code(number):
    time.sleep(0.4)
    return _honest["code"](number)


class Tally(_honest["Tally"]):
    def add(self, number):
        time.sleep(0.4)
        self.seen.append(number)
