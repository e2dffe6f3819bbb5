"""
about: NaN and infinity where a comparison may let them pass
ends: {scale: failed, softmax: failed, attend: failed, gradients: failed, code: failed}
unusual: false
"""

def scale(x, factor):
    return torch.full_like(x, float("nan"))


def softmax(x):
    return torch.full_like(x, float("inf"))


def attend(q, k, v):
    weights = q @ k.T * float("nan")
    return weights @ v, weights


def code(number):
    return float("nan")
