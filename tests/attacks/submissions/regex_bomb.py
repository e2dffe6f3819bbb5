"""
about: a pattern that takes for ever, in C code that no signal handler interrupts
ends: {code: limit}
unusual: false
"""

def code(number):
    return re.match("(a+)+$", "a" * 60 + "b")
