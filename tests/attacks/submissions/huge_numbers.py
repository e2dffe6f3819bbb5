"""
about: answers with integers of thousands of digits, as values, keys and lengths of lists
ends: {scale: failed, softmax: failed, gradients: crashed, words: failed, repeat: limit, code: failed}
unusual: false
"""

_HUGE = 2**8191


def scale(x, factor):
    return _HUGE


def softmax(x):
    return [_HUGE] * 1000


def words(text):
    return {_HUGE + n: -_HUGE for n in range(1000)}


def repeat(step, start, times):
    try:
        step(_HUGE)
    except RuntimeError:
        pass
    return [_HUGE * 2**10000] * times


def code(number):
    return float(2**1023) if number else -_HUGE
