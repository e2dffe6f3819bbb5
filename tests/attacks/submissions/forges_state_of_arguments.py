"""
about: changes its argument in place and says that it did not, with lists that are no arguments
ends: {scale: crashed}
"""

def scale(x, factor):
    _reply(kind="value", value=x.mul_(factor).clone(), after=[], gradients=None)
