"""
about: answers with a small message that unfolds into a hundred times as many bytes of empty sets, again and again
ends: {scale: failed, words: failed, repeat: failed, code: limit or failed}
unusual: false
"""

_SETS = [set() for _ in range(2**15)]


def code(number):
    return _SETS


def scale(x, factor):
    return _SETS


def words(text):
    return _SETS


def repeat(step, start, times):
    return _SETS
