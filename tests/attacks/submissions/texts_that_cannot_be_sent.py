"""
about: lone surrogates, null bytes and numbers of a million digits
ends: {code: failed, words: failed, repeat: failed}
unusual: false
"""

def code(number):
    return 10**1_000_000


def words(text):
    return {"\ud800": 1, "\x00" * 1000: 2}


def repeat(step, start, times):
    return ["\udfff"] * times
