"""
about: raises errors whose text, notes, causes and arguments are the hidden input
ends: {words: crashed, repeat: crashed}
unusual: false
"""

def words(text):
    error = ValueError(text)
    error.add_note(text)
    error.names = [text]
    raise error from KeyError(text)


def repeat(step, start, times):
    raise ExceptionGroup(f"start {start}", [ValueError(start)])
