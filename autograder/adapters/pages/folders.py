"""Safe folder names for hostile ids, and files written whole or not at all.

Covers path separators, dots, reserved names, length, letter case, and a crash in the middle of a write.
Does not cover a folder that someone else changes at the same time.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

_LONGEST = 100
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def folder_name(id: str) -> str:
    """A folder name that is one path component, different for different ids.

    `folder_name("émile/..") -> "=C3=A9mile=2F.=2E"`: a byte outside `A-Za-z0-9._-` becomes `=XX`, and so do a
    first and a last dot and the first letter of a name that Windows reserves. A name over 100 characters
    keeps its beginning and ends with `~` and a digest.
    """
    name = _UNSAFE.sub(lambda match: "".join(map(_escaped, match[0].encode("utf-8", "surrogatepass"))), id)
    if name.startswith(".") or _RESERVED.fullmatch(name):
        name = _escaped(ord(name[0])) + name[1:]
    if name.endswith("."):
        name = name[:-1] + _escaped(ord("."))
    return f"{name[:_LONGEST]}{_digest(id)}" if len(name) > _LONGEST else name or "="


def folder_names(ids: Iterable[str]) -> dict[str, str]:
    """A folder name per id; ids that differ by case alone get a digest, since some disks ignore case."""
    names = {id: folder_name(id) for id in ids}
    times = Counter(name.casefold() for name in names.values())
    return {id: name if times[name.casefold()] == 1 else name + _digest(id) for id, name in names.items()}


def write_whole(path: Path, text: str) -> Path:
    """Writes the text as UTF-8 so that a reader sees the old file or the new one; makes missing folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".writing-{secrets.token_hex(8)}")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return path


def _escaped(byte: int) -> str:
    return f"={byte:02X}"


def _digest(id: str) -> str:
    return "~" + hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
