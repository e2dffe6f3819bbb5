"""
about: calls the grader's function with objects, tensors, NaN, no arguments and too many
ends: {repeat: crashed}
unusual: false
"""

def repeat(step, start, times):
    for args, kwargs in (
        ((object(),), {}), ((torch.zeros(3),), {}), ((float("nan"),), {}), ((), {}), ((1, 2, 3), {}), ((-1,), {}),
        (("x" * 10**6,), {}), ((), {"number": None}), ((), {"self": 1, "__class__": 2}), (({"a": [1]},), {}), ((True,), {}),
    ):
        try:
            step(*args, **kwargs)
        except RuntimeError:
            pass
    return [0] * times
