"""
about: answers the request to load with a tensor where notes on cells are read
earns: []
ends: {code: crashed, words: crashed, scale: crashed}
"""

_reply(kind="loaded", names=["code"], problems=[(0, torch.zeros(3))])
