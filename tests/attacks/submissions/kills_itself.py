"""
about: ends its own process by signals and by reading where nothing is
ends: {words: crashed, scale: crashed}
"""

import ctypes
import signal


def words(text):
    ctypes.string_at(0)


def scale(x, factor):
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.abort()
