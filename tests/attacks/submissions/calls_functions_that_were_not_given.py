"""
about: calls back numbers that name no function of the grader's
ends: {code: crashed, repeat: crashed, words: crashed}
"""

def code(number):
    _worker()[0]._call_back(0, 7)


def repeat(step, start, times):
    _worker()[0]._call_back(-1, 7)


def words(text):
    _reply(kind="callback", callback=torch.zeros(2), args=[], kwargs={})
