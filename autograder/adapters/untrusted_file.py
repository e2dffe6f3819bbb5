"""Reading a file that a student wrote: a regular file of bounded size, as text.

Covers links, pipes, devices, size, encoding and null bytes; each refusal is a sentence for the student in
both languages. Does not cover what the text means.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from autograder.errors import SubmissionError
from autograder.types import Text

MAX_BYTES = 5_000_000
# Notebooks hold the pictures they have drawn.
MAX_NOTEBOOK_BYTES = 10_000_000
# Windows lacks these flags, and what they guard against; O_BINARY is Windows' own.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


class Unreadable(SubmissionError):
    """A file that cannot be taken as it is; `text` tells the student why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_regular(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file, without following a link or waiting on a pipe. Raises Unreadable."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO) or path.is_symlink():
            raise _not_regular(path) from None
        raise _closed(path, error) from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise _not_regular(path)
    with os.fdopen(handle, "rb") as file:
        try:
            content = file.read(min(about.st_size, max_bytes) + 1)  # room is made for all that is asked for
            if len(content) > about.st_size:  # it has grown meanwhile
                content += file.read(max_bytes + 1 - len(content))
        except OSError as error:
            raise _closed(path, error) from None
    if len(content) > max_bytes:
        megabytes = max_bytes // 1_000_000
        raise Unreadable(
            Text(
                f"{path.name} is larger than {megabytes} MB. Clear its outputs, save it and hand it in again.",
                f"{path.name} dépasse {megabytes} Mo. Effacez ses sorties, enregistrez-le et rendez-le à nouveau.",
            )
        )
    return content


def as_text(content: bytes, name: str) -> str:
    """UTF-8 text, with or without a byte-order mark. Raises Unreadable when it is not, or holds null bytes."""
    if b"\0" in content:
        raise Unreadable(
            Text(
                f"{name} is not a text file (it holds null bytes). Save it from your editor as UTF-8 text.",
                f"{name} n'est pas un fichier texte (il contient des octets nuls). "
                "Enregistrez-le depuis votre éditeur en texte UTF-8.",
            )
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            Text(
                f"{name} is not in UTF-8 (line {line}). Save it from your editor as UTF-8 text.",
                f"{name} n'est pas en UTF-8 (ligne {line}). Enregistrez-le depuis votre éditeur en texte UTF-8.",
            )
        ) from None


def empty(name: str) -> Unreadable:
    """What to raise for a file without anything in it."""
    return Unreadable(
        Text(
            f"{name} is empty. Save your work and hand it in again.",
            f"{name} est vide. Enregistrez votre travail et rendez-le à nouveau.",
        )
    )


def _not_regular(path: Path) -> Unreadable:
    return Unreadable(
        Text(
            f"{path.name} is not an ordinary file (a link, a folder, a pipe…). Hand in the file itself.",
            f"{path.name} n'est pas un fichier ordinaire (un lien, un dossier, un tube…). Rendez le fichier lui-même.",
        )
    )


def _closed(path: Path, error: OSError) -> Unreadable:
    return Unreadable(
        Text(
            f"{path.name} cannot be opened ({error.strerror}). Hand it in again; if that fails, tell your instructor.",
            f"{path.name} ne s'ouvre pas ({error.strerror}). Rendez-le à nouveau ; "
            "si cela échoue, prévenez votre enseignant.",
        )
    )
