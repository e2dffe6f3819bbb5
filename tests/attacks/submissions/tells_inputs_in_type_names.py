"""
about: makes classes named after the hidden input, raises one and returns one
ends: {words: crashed, code: failed}
unusual: false
"""

_seen = []


def words(text):
    _seen.append(text.split()[-1])
    raise type(_seen[0], (ValueError,), {"__qualname__": _seen[0], "__module__": _seen[0]})(text)


def code(number):
    return type((_seen or ["canary_input_" + "0" * 16])[0], (), {})()
