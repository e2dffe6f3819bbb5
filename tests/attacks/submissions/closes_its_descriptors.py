"""
about: closes every descriptor it has and answers nothing
ends: {code: crashed}
"""

def code(number):
    os.closerange(0, 64)
    return 3
