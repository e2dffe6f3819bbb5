"""
about: sends handles and callbacks where data is expected, hoping that the grader follows them
ends: {words: failed, repeat: crashed, code: failed}
"""

from autograder import wire


def words(text):
    return {wire.Handle(0, "str"): wire.Callback(0)}


def repeat(step, start, times):
    return [step(wire.Handle(0, "int")), wire.Callback(0)]


def code(number):
    return wire.Callback(0)
