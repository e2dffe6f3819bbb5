"""
about: raises SystemExit, KeyboardInterrupt, GeneratorExit and errors that cannot be described
ends: {code: crashed, words: crashed, scale: crashed, repeat: crashed}
"""

class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit(0)


class Nameless(BaseException, metaclass=Meta):
    def __str__(self):
        os._exit(0)

    __repr__ = __str__


def code(number):
    sys.exit(0)


def words(text):
    raise KeyboardInterrupt


def scale(x, factor):
    raise GeneratorExit


def repeat(step, start, times):
    raise Nameless
