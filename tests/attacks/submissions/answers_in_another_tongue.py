"""
about: mistakes one kind for another everywhere it can, bool for int, str of digits, 0-d tensors, one-item lists
earns: [scale, gradients, attend, softmax]
ends: {words: failed, tally: failed, repeat: failed, code: failed}
unusual: false
"""

import numpy as np

code = lambda number: np.int64(_honest["code"](number))
words = lambda text: tuple(_honest["words"](text).items())
repeat = lambda step, start, times: tuple(_honest["repeat"](step, start, times))


class Tally(_honest["Tally"]):
    total = lambda self: torch.tensor(_honest["Tally"].total(self))
