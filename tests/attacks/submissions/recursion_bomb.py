"""
about: recurses without end, with the limit lifted, in Python and in C
ends: {words: crashed, code: limit}
unusual: false
"""

def words(text):
    return words(text)


def code(number):
    sys.setrecursionlimit(10**9)
    deep = lambda: deep()
    return deep()
