"""
about: asks for more and more memory in every way at hand, and keeps it
ends: {code: limit, words: crashed}
unusual: false
"""

import mmap

_kept = []


def code(number):
    while True:
        _kept.append(bytearray(64 * 2**20))


def words(text):
    _kept.clear()
    while True:
        _kept.append(mmap.mmap(-1, 16 * 2**20))
        _kept[-1].write(b"x" * 2**20)
        if len(_kept) > 1000:
            break
    return None
