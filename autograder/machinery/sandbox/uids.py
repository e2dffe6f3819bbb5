"""The uids workers get when the grader is root.

Covers which ones, and whether a user other than root can run this Python at all. Does not cover changing to them.
"""

from __future__ import annotations

import functools
import itertools
import os
import subprocess
from collections.abc import Iterator

from autograder.machinery.sandbox import room

_FIRST, _COUNT = 60_706, 478  # the gap that system user allocators leave (systemd: UIDS-GIDS); fits 16-bit containers
UIDS: Iterator[int] = itertools.cycle(range(_FIRST, _FIRST + _COUNT))
for _ in range(os.getpid() * 7 % _COUNT):  # grading processes start apart, so that their workers rarely share a uid
    next(UIDS)

_TRIAL = "import sys, os\nfor folder in sys.argv[1:]: os.listdir(folder)"
_TRIAL_WITHIN_S = 30.0


@functools.cache
def workers_may_have_own() -> bool:
    """Whether another user can run this Python and read its packages: False for one installed below /root."""
    folders = [str(folder) for folder in room.site_folders()]
    try:
        trial = subprocess.run(
            [str(room.interpreter()), "-S", "-c", _TRIAL, *folders],
            user=_FIRST,
            group=_FIRST,
            extra_groups=[],
            env={},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TRIAL_WITHIN_S,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return trial.returncode == 0
