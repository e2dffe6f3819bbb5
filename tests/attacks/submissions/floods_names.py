"""
about: error replies and handles with names of many megabytes
ends: {words: crashed, code: failed}
unusual: false
"""

def words(text):
    raise type("E" * 10_000_000, (ValueError,), {})


def code(number):
    return type("T" * 10_000_000, (), {})()
