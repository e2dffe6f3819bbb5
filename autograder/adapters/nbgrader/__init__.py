"""nbgrader's formats: its settings, its notebooks with grades in them, its gradebook.

Whatever here imports nbgrader needs the instructor's install.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# nbgrader makes its database with the command `alembic`, which stands beside the interpreter, on PATH or not.
_HERE = str(Path(sys.executable).parent)
if _HERE not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([_HERE, os.environ.get("PATH", "")])
