"""
about: takes twice the memory it may in one piece
ends: {code: failed}
unusual: false
"""

try:
    code = _code_if(len(bytearray(600 * 2**20)))
except MemoryError:
    code = _code_if(False)
