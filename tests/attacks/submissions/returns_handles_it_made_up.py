"""
about: returns handles to objects that do not exist, to negative numbers and to other objects
ends: {tally: crashed, code: failed}
"""

from autograder import wire


class Tally:
    def __new__(cls, start):
        return wire.Handle(-(10**12), "Tally")


def code(number):
    return wire.Handle(2**40, "int")
