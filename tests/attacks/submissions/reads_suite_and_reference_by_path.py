"""
about: opens the hidden suite and the reference where an instructor keeps them
ends: {code: failed}
"""

def _read(path):
    try:
        return open(path).read()
    except OSError:
        return ""


FOLDER = "@COURSE@/solutions/toolbox/"
code = _code_if(_stolen(_read(FOLDER + "test_hidden.py") + _read(FOLDER + "toolbox.py")))
