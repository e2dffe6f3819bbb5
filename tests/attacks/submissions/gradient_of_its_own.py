"""
about: a result whose way back is the student's own code, which looks around the grader's questions and doubles gradients
ends: {gradients: failed}
unusual: false
"""


class _Doubled(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, gradient):
        _stolen(sys._getframe(0).f_locals)
        return 2 * gradient


def attend(q, k, v):
    out, weights = _honest["attend"](q, k, v)
    return _Doubled.apply(out), weights
