"""
about: tensors and arrays that share, overlap or repeat their memory, or claim more than they have
ends: {softmax: limit, gradients: crashed, code: limit}
unusual: false
"""

import numpy as np


def scale(x, factor):
    return torch.as_strided((factor * x).contiguous().clone(), x.shape, (x.shape[1], 1))


def softmax(x):
    return torch.zeros(1).expand(2**13, 2**12)


def code(number):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (2**12, 2**12), (0, 0))
