"""
about: reads the course's secret and the bytes of the gradebook
ends: {code: failed}
"""

TEXTS = []
for path in ("@COURSE@/.autograder/secret", "@GRADEBOOK@", "@GRADEBOOK@-wal", "file:@GRADEBOOK@"):
    try:
        TEXTS.append(open(path, "rb").read().decode("latin-1"))
    except OSError:
        pass
code = _code_if(_stolen(TEXTS))
