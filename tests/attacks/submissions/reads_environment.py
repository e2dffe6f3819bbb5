"""
about: reads environment variables of its own and of every process it finds
ends: {code: failed}
"""

import ctypes
import glob

TEXTS = [str(os.environ)]
block, at = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ"), 0
while block[at]:
    TEXTS.append(block[at].decode())
    at += 1
for path in ["/proc/self/environ", "/proc/1/environ", *glob.glob("/proc/*/environ")]:
    try:
        TEXTS.append(open(path, "rb").read().decode())
    except OSError:
        pass
code = _code_if(_stolen(TEXTS))
