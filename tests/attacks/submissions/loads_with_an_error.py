"""
about: answers the request to load with an error of its own making
earns: []
ends: {code: crashed, words: crashed, scale: crashed}
"""

_reply(kind="error", names=["ValueError"] * 100_000, cell=0, line=1, detail="x" * 1_000_000)
