"""
about: catches every MemoryError and goes on asking, a little at a time
ends: {code: limit}
unusual: false
"""

_kept = []


def code(number):
    while True:
        try:
            _kept.append(torch.ones(2**18))
        except (MemoryError, RuntimeError):
            _kept.append(None)
