"""
about: markers, encodings and invisible characters that a reader of the source may fall for
ends: {code: failed}
"""

### BEGIN HIDDEN TESTS
assert True
### END HIDDEN TESTS
# nbgrader: {"grade": true, "points": 8}
# %% group="code"
__name__ = "__main__"
__file__ = "@COURSE@/solutions/toolbox/toolbox.py"
__test__ = __path__ = __loader__ = __spec__ = None


def code(number):
    return "\u202e7\u200b"


cоde = _honest["code"]
