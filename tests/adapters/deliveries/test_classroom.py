from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from autograder.adapters.deliveries.classroom import KIND

COMMITTED = "2026-11-10T09:00:00+0100"


def _git(folder, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    environment = {"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": COMMITTED, "GIT_AUTHOR_DATE": COMMITTED}
    subprocess.run(["git", *identity, *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def clone(put, source):
    """A clone with one commit of 10 November, 8 h UTC, whose files are dated otherwise."""

    def make(name):
        put(f"{name}/double.py")
        _git(source / name, "init", "--quiet")
        _git(source / name, "add", ".")
        _git(source / name, "commit", "--quiet", "-m", "work")
        return source / name

    assert shutil.which("git"), "this test needs git"
    return make


@pytest.mark.parametrize("packed", [False, True])
def test_hand_in_is_dated_by_its_newest_commit_and_holds_no_git(clone, read, packed):
    folder = clone("double-ada-lovelace")
    if packed:
        _git(folder, "pack-refs", "--all")
        _git(folder, "gc", "--quiet")
    (found,), told = read(KIND)
    assert (found.slug, found.who.student) == ("double", "ada-lovelace")
    assert found.received_at == datetime(2026, 11, 10, 8, tzinfo=UTC)
    assert [name for name, _ in found.files] == ["double.py"]
    assert told == []


def test_programs_that_a_clone_configures_do_not_run(clone, read, tmp_path):
    folder, mark = clone("double-eve"), tmp_path / "ran"
    program = tmp_path / "evil.sh"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    with (folder / ".git/config").open("a") as config:
        config.write(f"[core]\n\tfsmonitor = {program}\n\tpager = {program}\n[log]\n\tshowSignature = true\n")
        config.write(f"[gpg]\n\tprogram = {program}\n[diff]\n\texternal = {program}\n")
    for hook in ("post-checkout", "reference-transaction"):
        shutil.copy(program, folder / ".git/hooks" / hook)
    (found,), _ = read(KIND)
    assert found.received_at == datetime(2026, 11, 10, 8, tzinfo=UTC)
    assert not mark.exists()


@pytest.mark.parametrize(
    "head", ["ref: refs/heads/../../../../etc/passwd\n", "nonsense", "ref: refs/heads/gone\n", "f" * 40]
)
def test_clone_whose_commit_cannot_be_told_is_dated_by_its_files(clone, read, head):
    (clone("double-ada") / ".git/HEAD").write_text(head)
    (found,), _ = read(KIND)
    assert found.received_at == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)


def test_what_is_no_clone_of_the_course_is_told(clone, put, read):
    clone("double-ada")
    put("treble-bob/treble.py")
    found, told = read(KIND)
    assert [each.who.student for each in found] == ["ada"]
    assert told == ["treble-bob: no clone named <assignment>-<user>"]
