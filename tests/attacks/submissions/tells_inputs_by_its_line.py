"""
about: raises from one of many lines of its own, chosen by the input; a covert channel of a few bits that stays open
ends: {words: crashed}
unusual: false
"""

def words(text):
    bits = len(text) % 4
    if bits == 0:
        raise ValueError
    if bits == 1:
        raise ValueError
    if bits == 2:
        raise ValueError
    raise ValueError
