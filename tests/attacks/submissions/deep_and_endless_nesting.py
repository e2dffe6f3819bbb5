"""
about: lists in lists far deeper than Python recurses, and one that holds itself
ends: {code: failed, words: failed, repeat: failed}
unusual: false
"""

def code(number):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested


def words(text):
    loop = {}
    loop["loop"] = loop
    return loop


def repeat(step, start, times):
    loop = []
    loop.append(loop)
    return loop
