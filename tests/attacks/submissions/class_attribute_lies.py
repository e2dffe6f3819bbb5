"""
about: objects whose __class__ claims to be a list, a dict, a tensor or an int
ends: {code: crashed, words: crashed, scale: crashed}
unusual: false
"""

def _claims(kind):
    class Claims:
        __class__ = kind
    return Claims()


def code(number):
    return _claims(int)


def words(text):
    return _claims(dict)


def scale(x, factor):
    return _claims(torch.Tensor)
