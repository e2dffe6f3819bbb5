"""
about: returns objects of types whose names move a terminal's cursor, open a page, or run the other way
ends: {scale: failed, softmax: failed, gradients: crashed, words: failed, code: failed}
unusual: false
"""


def _object(name):
    return type(name, (), {})()


scale = lambda x, factor: _object("\x1b]0;owned\x07\x1b[2J")
softmax = lambda x: _object("</td><script>alert(1)</script>")
words = lambda text: _object("\u202eevif\u2028")
code = lambda number: _object("=HYPERLINK(1)")
