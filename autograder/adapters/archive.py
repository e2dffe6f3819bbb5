"""Unpacks an archive that someone else made, into a folder of ours.

Covers .zip, .tar, .tar.gz and .tgz: names that lead out of the folder, links, devices, encryption, doubled names,
encodings, and archives that unpack to far more than they are. Archives inside the archive stay closed. Does not cover
what the files mean.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from autograder.errors import Location, SubmissionError, problem

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
_MIB = 2**20
_PIECE_BYTES = 2**18
_RATIO_FROM_BYTES = _MIB  # a small file may well be one letter repeated
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_END_BYTES, _LOCATOR_BYTES, _COMMENT_BYTES = 22, 20, 65535
_ENTRY_BYTES = 512  # of the directory, per member: a header of 46 and a long name


@dataclass(frozen=True)
class Caps:
    """What an archive and a hand-in may hold, units in the names; `ratio` is unpacked bytes per packed byte.

    archive_mib: the archive itself. total_mib: all that is unpacked. file_mib: any one file. members: files and
    folders. folders: how deep. name_bytes: of one part of a path. work_files: files of one student's hand-in.
    """

    archive_mib: int = 1024
    total_mib: int = 2048
    file_mib: int = 16
    members: int = 20_000
    folders: int = 12
    name_bytes: int = 240
    ratio: int = 200
    work_files: int = 200


CAPS = Caps()


class _TooMuch(Exception):
    """The archive as a whole is over a cap; the text says which."""


@dataclass(frozen=True)
class _Member:
    """One entry: its path, its date (0 when unknown), how to read it (None for a folder), its packed size if known."""

    path: PurePosixPath
    modified: float
    read: Callable[[], IO[bytes]] | None
    packed: int | None


def is_archive(path: Path) -> bool:
    """Does the name say that this file is one? `is_archive(Path("class.tar.gz")) -> True`"""
    return path.name.lower().endswith(SUFFIXES)


def unpack(archive: Path, into: Path, caps: Caps = CAPS) -> tuple[str, ...]:
    """Writes the archive's files below `into`, an empty folder, and says what was left out and why.

    Dates are kept where they are no later than the archive's own. Raises SubmissionError when it is no archive, is
    damaged, or is over a cap as a whole.
    """
    left_out: list[str] = []
    try:
        status = archive.stat()
        if status.st_size > caps.archive_mib * _MIB:
            raise _TooMuch(f"it is larger than {caps.archive_mib} MiB")
        members = _zip_members if archive.name.lower().endswith(".zip") else _tar_members
        with archive.open("rb") as file:
            _write_all(members(file, left_out, caps), into, status.st_mtime, left_out, caps)
    except _TooMuch as error:
        remedy = "look at what it holds; unpack it yourself if it is right, and name the folder"
        raise SubmissionError(problem(Location(str(archive)), f"not unpacked: {error}", remedy)) from None
    except (OSError, ValueError, EOFError, RecursionError, MemoryError, NotImplementedError, RuntimeError,
            struct.error, zlib.error, zipfile.BadZipFile, tarfile.TarError, OverflowError) as error:  # fmt: skip
        what = f"it cannot be unpacked ({type(error).__name__})"
        raise SubmissionError(problem(Location(str(archive)), what, "fetch it again; it may be damaged")) from None
    return tuple(left_out)


def _write_all(members: Iterator[_Member], into: Path, newest: float, left_out: list[str], caps: Caps) -> None:
    seen: set[str] = set()
    left = caps.total_mib * _MIB
    for count, member in enumerate(members, 1):
        if count > caps.members:
            raise _TooMuch(f"it holds more than {caps.members} files")
        name = unicodedata.normalize("NFC", str(member.path))
        target = into / member.path
        if member.read is None:
            with suppress(OSError):
                target.mkdir(parents=True, exist_ok=True)
            continue
        if name in seen:
            left_out.append(f"{member.path}: the archive holds this name twice; the first one counts")
            continue
        seen.add(name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with member.read() as source:
                written, why = _write(source, target, min(left, caps.file_mib * _MIB), member.packed, caps)
        except (NotADirectoryError, FileExistsError):
            left_out.append(f"{member.path}: another file stands in its place")
            continue
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            left_out.append(f"{member.path}: damaged ({type(error).__name__})")
            target.unlink(missing_ok=True)
            continue
        left -= written
        if left <= 0:
            raise _TooMuch(f"it unpacks to more than {caps.total_mib} MiB")
        if why is not None:
            left_out.append(f"{member.path}: {why}")
            target.unlink()
        elif member.modified > 0:
            os.utime(target, (newest, min(member.modified, newest)))


def _write(source: IO[bytes], target: Path, most: int, packed: int | None, caps: Caps) -> tuple[int, str | None]:
    """Bytes written, and why the file cannot stay. What the headers promise is not asked."""
    written = 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o644)
    with os.fdopen(descriptor, "wb") as file:
        while piece := source.read(_PIECE_BYTES):
            written += len(piece)
            if written > most:
                return written, f"larger than {caps.file_mib} MiB"
            if packed is not None and written > max(_RATIO_FROM_BYTES, caps.ratio * packed):
                return written, f"unpacks to more than {caps.ratio} times its size"
            file.write(piece)
    return written, None


def _zip_members(file: IO[bytes], left_out: list[str], caps: Caps) -> Iterator[_Member]:
    _check_directory(file, caps)
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            path, why = _path(name, caps)
            mode = info.external_attr >> 16
            if path is None:
                why = why or "no name"
            elif stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                why = "a link or a device is not taken in"
            elif info.flag_bits & _ENCRYPTED:
                why = "it is encrypted"
            elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                why = "it is packed in an unusual way"
            if path is None or why is not None:
                left_out.append(f"{ascii(name)[:200]}: {why}")
            elif info.is_dir() or name.endswith("\\"):
                yield _Member(path, 0.0, None, None)
            else:
                yield _Member(path, _zip_date(info), _opener(archive, info), info.compress_size)


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _check_directory(file: IO[bytes], caps: Caps) -> None:
    """Refuses a directory of more entries than may be, before it is read into memory whole."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_BYTES - _COMMENT_BYTES))
    tail = file.read()
    at = len(tail) - _END_BYTES
    if at < 0 or tail[at : at + 4] != _END or tail[-2:] != b"\0\0":
        at = tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile
    (directory_bytes,) = struct.unpack_from("<I", tail, at + 12)
    if directory_bytes > caps.members * _ENTRY_BYTES or _END64 in tail[max(0, at - _LOCATOR_BYTES) : at]:
        raise _TooMuch(f"it lists more than {caps.members} files")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: many write UTF-8 and do not say so, and the format's default is cp437."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        with suppress(UnicodeError):
            return name.encode("cp437").decode("utf-8")
    return name


def _zip_date(info: zipfile.ZipInfo) -> float:
    """Seconds since 1970; zip dates are local time, without a zone."""
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _tar_members(file: IO[bytes], left_out: list[str], caps: Caps) -> Iterator[_Member]:
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    stream = _Metered(file, packed, caps)
    with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        for count, info in enumerate(archive, 1):
            if count > caps.members:
                raise _TooMuch(f"it holds more than {caps.members} files")
            path, why = _path(info.name, caps)
            if path is None:
                why = why or "no name"
            elif not (info.isreg() or info.isdir()) or info.issparse():
                why = "a link or a device is not taken in"
            if path is None or why is not None:
                left_out.append(f"{ascii(info.name)[:200]}: {why}")
            elif info.isdir():
                yield _Member(path, 0.0, None, None)
            else:
                yield _Member(path, _tar_date(info), _reader(archive, info), None)


def _reader(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.extractfile(info) or io.BytesIO()


def _tar_date(info: tarfile.TarInfo) -> float:
    with suppress(ValueError, OverflowError, OSError):
        datetime.fromtimestamp(info.mtime)
        return float(info.mtime)
    return 0.0


class _Metered(io.RawIOBase):
    """A tar's bytes, unpacked as they are read; stops when they are too many or grow out of too few."""

    def __init__(self, file: IO[bytes], packed: bool, caps: Caps) -> None:
        self._file = file
        self._source: Any = gzip.GzipFile(fileobj=file, mode="rb") if packed else file
        self._packed = packed
        self._caps = caps
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        pieces: list[bytes] = []
        left = size if size >= 0 else self._caps.total_mib * _MIB + 1
        while left > 0 and (piece := self._source.read(min(left, _PIECE_BYTES))):
            pieces.append(piece)
            left -= len(piece)
            self._count += len(piece)
            if self._count > self._caps.total_mib * _MIB:
                raise _TooMuch(f"it unpacks to more than {self._caps.total_mib} MiB")
            allowed = max(16 * _RATIO_FROM_BYTES, self._caps.ratio * self._file.tell())
            if self._packed and self._count > allowed:
                raise _TooMuch(f"it unpacks to more than {self._caps.ratio} times its size")
        return b"".join(pieces)


def _path(name: str, caps: Caps) -> tuple[PurePosixPath | None, str | None]:
    """A member's path below the folder, or why it has none. `_path("a/./b.py", CAPS) -> (a/b.py, None)`"""
    name = name.replace("\\", "/")
    if any(unicodedata.category(character) in _HIDDEN for character in name):
        return None, "its name holds characters that do not show"
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or (parts and len(parts[0]) == 2 and parts[0][1] == ":"):
        return None, "its name leads out of the folder"
    if len(parts) > caps.folders or any(len(part.encode()) > caps.name_bytes for part in parts):
        return None, "its name is too long or too deep"
    return (PurePosixPath(*parts), None) if parts else (None, "it has no name")
