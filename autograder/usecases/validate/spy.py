"""A work that looks around instead of solving anything, and says which secrets it saw.

Covers the environment, the command line, readable files and the memory of its own process. It is given digests of the
secrets, never the secrets, so that it cannot find its own list. Does not cover what its findings mean (`silent`).
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

_SOURCE = """
import hashlib
import os
import re
import sys
import time

DIGESTS = frozenset({digests!r})
PLANTED = "{canary}"
ENDS = {seconds!r}
FOUND = None
WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]+")


def regions():
    yield PLANTED.encode()
    yield repr(dict(os.environ)).encode()
    yield repr(sys.argv).encode()
    for name in ("/proc/self/environ", "/proc/self/cmdline", "/proc/1/environ", "/proc/1/cmdline"):
        try:
            with open(name, "rb") as file:
                yield file.read(1 << 20)
        except OSError:
            pass
    for top in (".", "..", "/tmp", "/home", "/root", "/work", "/srv", "/mnt"):
        for folder, _, names in os.walk(top):
            for name in names:
                yield os.path.join(folder, name).encode()
                try:
                    with open(os.path.join(folder, name), "rb") as file:
                        yield file.read(1 << 20)
                except OSError:
                    pass
    try:
        with open("/proc/self/maps") as file:
            maps = [line.split() for line in file]
        with open("/proc/self/mem", "rb", buffering=0) as memory:
            for line in maps:
                if line[1].startswith("rw") and (len(line) < 6 or line[5] == "[heap]"):
                    start, end = (int(part, 16) for part in line[0].split("-"))
                    for place in range(start, end, 1 << 20):
                        memory.seek(place)
                        yield memory.read(min(1 << 20, end - place))
    except OSError:
        pass


def look():
    global FOUND
    if FOUND is None:
        FOUND, seen, ends = ["{report}"], set(), time.monotonic() + ENDS
        for region in regions():
            for word in set(WORD.findall(region)) - seen:
                seen.add(word)
                digest = hashlib.sha256(word).hexdigest()[:16]
                if digest in DIGESTS:
                    FOUND.append(digest)
            if time.monotonic() > ends:
                break
    return FOUND


def answer(*args, **kwargs):
    return look()

"""


def digest(word: str) -> str:
    """A word's name in the reports. 16 hex digits of SHA-256."""
    return sha256(word.encode()).hexdigest()[:16]


def source(requires: Iterable[str], words: Iterable[str], canary: str, report: str, seconds: float) -> str:
    """The module: every required name looks around once, for `seconds` at most, and returns what was seen."""
    digests = sorted({digest(word) for word in [*words, canary]})
    text = _SOURCE
    for name, value in {
        "{digests!r}": repr(digests),
        "{canary}": canary,
        "{seconds!r}": repr(seconds),
        "{report}": report,
    }.items():
        text = text.replace(name, value)
    return text + "".join(f"{name} = answer\n" for name in requires)
