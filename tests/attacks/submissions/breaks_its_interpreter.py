"""
about: empties sys.modules and the builtins while it answers
ends: {code: crashed}
unusual: false
"""

import builtins


def code(number):
    sys.modules.clear()
    for name in list(vars(builtins)):
        if not name.startswith("__"):
            delattr(builtins, name)
    return 3
