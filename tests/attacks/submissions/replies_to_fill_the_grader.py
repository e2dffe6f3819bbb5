"""
about: answers every question with as many megabytes as a message may hold
ends: {scale: failed, repeat: failed, tally: limit, code: limit}
unusual: false
"""

_BIG = bytes(60 * 2**20)


def code(number):
    return _BIG


def scale(x, factor):
    return _BIG


def repeat(step, start, times):
    return _BIG


class Tally:
    def __init__(self, start):
        self.seen = _BIG

    def add(self, number):
        return _BIG

    total = lambda self: _BIG
