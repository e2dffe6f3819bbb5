"""
about: a power so large that one call of C code holds the interpreter for ever
ends: {code: limit}
unusual: false
"""

def code(number):
    return 3 ** (10**9) % 7
