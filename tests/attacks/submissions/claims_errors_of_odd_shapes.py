"""
about: error replies whose names, cells and lines are tensors, lists and handles
ends: {code: crashed, words: crashed, scale: crashed, softmax: crashed, gradients: crashed}
"""

def code(number):
    _reply(kind="error", names=["ValueError"], cell=torch.zeros(3), line=1, detail="")


def words(text):
    _reply(kind="error", names=torch.zeros(3), cell=0, line=1, detail="")


def scale(x, factor):
    _reply(kind="error", names=["Forbidden"], cell=0, line=1, detail=torch.zeros(3))


def softmax(x):
    _reply(kind="error", names={"ValueError": 1}, cell=0, line=[1], detail=object())
