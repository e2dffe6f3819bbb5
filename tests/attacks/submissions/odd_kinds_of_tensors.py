"""
about: sparse, complex, quantised, meta and nested tensors, views of one value, and a tensor in a set
ends: {scale: failed, softmax: failed, code: failed, words: failed, repeat: failed, gradients: crashed}
"""

def scale(x, factor):
    return torch.eye(3).to_sparse()


def softmax(x):
    return torch.empty(x.shape, device="meta")


def code(number):
    return {torch.zeros(2), torch.ones(2)}


def words(text):
    return {torch.zeros(2): 1, float("nan"): 2, (): 3}


def repeat(step, start, times):
    return torch.zeros(2, dtype=torch.complex64)
