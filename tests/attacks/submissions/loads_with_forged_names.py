"""
about: answers the grader's request to load with names that cannot be hashed and problems that are no problems
earns: []
ends: {code: crashed, words: crashed, scale: crashed}
"""

_reply(kind="loaded", names=[["code"], {"words": 1}], problems=torch.zeros(1, 2))
