"""
about: raises from code compiled under names and lines that carry the hidden input
ends: {words: crashed, code: crashed}
unusual: false
"""

def words(text):
    exec(compile("\n" * 70000 + "raise ValueError", f"<cell {int.from_bytes(text.encode(), 'big')}>", "exec"))


def code(number):
    exec(compile("\n" * number * 1000 + "raise ValueError", "<cell -1>", "exec"))
