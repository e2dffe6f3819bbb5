"""The one archive that `autograder submit` makes of a student's work.

Covers writing it, opening one that anybody may have made, and its name, `<student>+<assignment>+<UTC>+<random>.zip`,
which others cannot guess in a folder that they may not list. Its manifest shows damage and mix-ups; it proves nothing
about who made it or when (`receipt`).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import zipfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.adapters.archive import CAPS, unpack
from autograder.adapters.pages.folders import folder_name
from autograder.adapters.student_name import shown
from autograder.adapters.untrusted_file import Unreadable, as_text, read_regular
from autograder.errors import SubmissionError

MANIFEST = "manifest.json"
# A hand-in is a file or two; several thousand of them are opened in one go.
HANDIN_CAPS = replace(CAPS, archive_mib=16, total_mib=32, members=50, folders=2)
_NAME = re.compile(r"(?P<student>[^+/\\]+)\+(?P<slug>[a-z0-9-]+)\+(?P<stamp>\d{8}T\d{6}Z)\+[0-9a-f]{16}\.zip")
_STAMP = "%Y%m%dT%H%M%SZ"
_MANIFEST_BYTES = 64 * 1024
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip; the same work gives the same bytes


@dataclass(frozen=True)
class Handin:
    """What an archive says of itself: claims, but for the file, whose sum was found to be right."""

    student: str
    slug: str
    made_at: datetime
    file: str
    path: Path


def is_handin_name(name: str) -> re.Match[str] | None:
    """`is_handin_name("ada+double+20261113T200000Z+00112233aabbccdd.zip")["student"] -> "ada"`, else None."""
    return _NAME.fullmatch(name)


def write_handin(folder: Path, student: str, slug: str, made_at: datetime, name: str, content: bytes) -> Path:
    """Writes the archive of one file into a folder, whole or not at all, beside all earlier ones. Raises OSError."""
    manifest = {
        "version": 1,
        "student": student,
        "assignment": slug,
        "made_at": made_at.isoformat(timespec="seconds"),
        "files": {name: hashlib.sha256(content).hexdigest()},
    }
    beside = folder / f".submitting-{secrets.token_hex(8)}"
    try:
        with beside.open("xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, text in ((MANIFEST, json.dumps(manifest, indent=1).encode()), (name, content)):
                info = zipfile.ZipInfo(member, _EARLIEST)
                info.external_attr = 0o644 << 16
                archive.writestr(info, text, zipfile.ZIP_DEFLATED)
        target = folder / f"{folder_name(student)}+{slug}+{made_at.strftime(_STAMP)}+{secrets.token_hex(8)}.zip"
        beside.rename(target)
        return target
    finally:
        beside.unlink(missing_ok=True)


def open_handin(archive: Path, into: Path) -> Handin:
    """Unpacks a hand-in below `into`, an empty folder, and checks the sum of its file.

    Raises SubmissionError with what is wrong: no archive, over a cap, no manifest, another file than it tells of.
    """
    left_out = unpack(archive, into, HANDIN_CAPS)
    if left_out:
        raise SubmissionError(left_out[0])
    try:
        found: Any = json.loads(as_text(read_regular(into / MANIFEST, _MANIFEST_BYTES), MANIFEST))
        student, slug, made_at = found["student"], found["assignment"], datetime.fromisoformat(found["made_at"])
        sums = dict(found["files"])
        claimed = [student, slug, *sums, *sums.values()]
        if found["version"] != 1 or made_at.tzinfo is None or not all(isinstance(each, str) for each in claimed):
            raise ValueError
    except (Unreadable, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise SubmissionError(f"{MANIFEST} is missing or is not what `autograder submit` writes") from None
    inside = {path.relative_to(into).as_posix(): path for path in sorted(into.rglob("*")) if path.is_file()}
    del inside[MANIFEST]
    if len(sums) != 1 or sums.keys() != inside.keys():
        raise SubmissionError(f"it does not hold the one file that its {MANIFEST} tells of")
    ((name, path),) = inside.items()
    if hashlib.sha256(path.read_bytes()).hexdigest() != sums[name]:
        raise SubmissionError(f"{shown(name)} was changed after {MANIFEST} was written")
    return Handin(student, slug, made_at, name, path)
