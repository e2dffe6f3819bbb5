"""
about: sends a reply of its own before it returns, so that answers and questions are out of step
ends: {code: crashed}
"""

def code(number):
    _reply(kind="value", value=_honest["code"](number), after=None, gradients=None)
    return None
