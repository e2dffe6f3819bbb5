"""
about: harmless tensor, list and int subclasses with the right content, which are data like any other
unusual: false
"""

class Mine(torch.Tensor):
    pass


class List(list):
    pass


class Int(int):
    pass


def scale(x, factor):
    return (x * factor).as_subclass(Mine)


def repeat(step, start, times):
    return List(_honest["repeat"](step, start, times))


def code(number):
    return Int(_honest["code"](number))
