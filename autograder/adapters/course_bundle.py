"""What a machine without the course needs to run one assignment's hidden suite, as one text.

Covers the course's file, the assignment's solution folder and the data files it ships. It holds the hidden suite and
the reference: it goes to the course's own machines only.
"""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

from autograder.adapters.course import COURSE_FILE
from autograder.types import Assignment

_SAME_DATE = (1980, 1, 1, 0, 0, 0)  # the same files make the same bundle


def pack(root: Path, assignment: Assignment) -> str:
    """The course reduced to one assignment. Raises OSError when a file cannot be read."""
    inside = [
        path for path in sorted(assignment.folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in [root / COURSE_FILE, *inside, *(root / name for name in assignment.files)]:
            archive.writestr(zipfile.ZipInfo(path.relative_to(root).as_posix(), _SAME_DATE), path.read_bytes())
    return base64.b64encode(packed.getvalue()).decode()


def unpack(bundle: str, into: Path) -> Path:
    """The root of the course in `into`."""
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(bundle))) as archive:
        archive.extractall(into)
    return into
