"""
about: looks for what others handed in, and for other workers' folders
ends: {code: failed}
unusual: false
"""

import glob

TEXTS = []
for pattern in ("@SUBMITTED@/*/*/*", "/tmp/*", "/tmp/*/*", "../*", "../*/*", "@COURSE@/../*/*", "/grader/*"):
    for path in glob.glob(pattern):
        try:
            TEXTS.append(open(path).read())
        except OSError:
            pass
code = _code_if(_stolen(TEXTS))
