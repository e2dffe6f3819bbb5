"""A folder of GitHub Classroom clones: `<assignment>-<user>/`, each with its `.git`.

Covers the date of the newest commit, read by git from a repository of ours that borrows the clone's objects, so that
no configuration or hook of a student's is in force. Commit dates are the student's to write. Does not cover cloning.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.deliveries.delivery import Delivery, Kind, Reading, Who, entries, is_folder, newest, work_below
from autograder.adapters.student_name import shown
from autograder.adapters.untrusted_file import Unreadable, as_text, read_regular

_GIT_S = 10.0
_REF_BYTES = 2**20
_REF = re.compile(r"ref: (refs/heads/[^\s~^:?*\[\\]{1,200})\n?")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def recognises(folder: Path, slugs: Sequence[str]) -> bool:
    """Is there a clone whose name starts as the course's assignments, or as the folder itself, do?"""
    clones = [entry for entry in entries(folder) if is_folder(entry / ".git")]
    return any(_split(entry.name, folder.name, slugs) for entry in clones)


def read(reading: Reading) -> Iterator[Delivery]:
    """One hand-in per clone."""
    for entry in entries(reading.folder):
        parts = _split(entry.name, reading.folder.name, reading.slugs)
        if not is_folder(entry) or parts is None:
            reading.told.append(f"{shown(entry.name)}: no clone named <assignment>-<user>")
            continue
        slug, user = parts
        files = work_below(entry, reading.told)
        who = Who(user, user, (("github", user), ("login", user), ("student", user)))
        yield Delivery(who, slug, files, committed_at(entry / ".git", reading.room) or newest(files))


def _split(name: str, folder: str, slugs: Sequence[str]) -> tuple[str, str] | None:
    """`_split("lab-1-ada", "lab-1-submissions", ["double"]) -> ("", "ada")`; the assignment is empty if not known."""
    known = [slug for slug in slugs if name.startswith(f"{slug}-") and len(name) > len(slug) + 1]
    if known:
        slug = max(known, key=len)
        return slug, name[len(slug) + 1 :]
    classroom = folder.removesuffix("-submissions")
    if classroom != folder and name.startswith(f"{classroom}-") and len(name) > len(classroom) + 1:
        return "", name[len(classroom) + 1 :]
    return None


def committed_at(git: Path, room: Path) -> datetime | None:
    """When the commit that is checked out was made, None when that cannot be told."""
    ours = room / "borrowed.git"
    commit = _head(git)
    objects = git / "objects"
    program = shutil.which("git")
    if program is None or commit is None or not is_folder(git) or not is_folder(objects):
        return None
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(room),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    borrowing = environment | {"GIT_OBJECT_DIRECTORY": str(objects.absolute())}
    asked = [program, f"--git-dir={ours}", "show", "--no-patch", "--no-show-signature", "--format=%ct", commit]
    try:
        if not ours.is_dir():
            subprocess.run(
                [program, "init", "--quiet", "--bare", str(ours)],
                env=environment, capture_output=True, timeout=_GIT_S, check=True,
            )  # fmt: skip
        done = subprocess.run(asked, env=borrowing, capture_output=True, timeout=_GIT_S, check=True)
        return datetime.fromtimestamp(int(done.stdout.split()[-1]), UTC)
    except (OSError, subprocess.SubprocessError, ValueError, IndexError, OverflowError):
        return None


def _head(git: Path) -> str | None:
    """The name of the commit that `.git/HEAD` stands for, without git's help and without following a link."""
    try:
        head = as_text(read_regular(git / "HEAD", 1000), "HEAD")
        match = _REF.fullmatch(head)
        if match is None:
            return head.strip() if _COMMIT.fullmatch(head.strip()) else None
        if ".." in match[1].split("/"):
            return None
        loose, packed = git / match[1], git / "packed-refs"
        if loose.is_file():
            commit = as_text(read_regular(loose, 1000), "ref").strip()
            return commit if _COMMIT.fullmatch(commit) else None
        for line in as_text(read_regular(packed, _REF_BYTES), packed.name).splitlines():
            commit, _, name = line.partition(" ")
            if name == match[1] and _COMMIT.fullmatch(commit):
                return commit
    except (Unreadable, OSError, ValueError):
        pass
    return None


KIND = Kind("classroom", "a folder of GitHub Classroom clones", recognises, read)
