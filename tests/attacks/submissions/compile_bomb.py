"""
about: has Python compile code that doubles with every level
ends: {code: limit}
unusual: false
"""

def code(number):
    source = "return 1\n"
    for depth in range(19, 0, -1):
        inner = "".join(" " + line + "\n" for line in source.splitlines())
        source = f"try:\n pass\nfinally:\n{inner}"
    exec("def f():\n" + "".join(" " + line + "\n" for line in source.splitlines()))
    return 0
