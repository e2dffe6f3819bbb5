"""Which rights are handled on which kernel; what the rules do is attacked in test_secrets and test_confinement."""

from __future__ import annotations

import pytest

from autograder.worker import landlock


@pytest.mark.parametrize(
    ("version", "rights"),
    [(1, 0x1FFF), (2, 0x3FFF), (3, 0x7FFF), (4, 0x7FFF), (5, 0xFFFF), (6, 0xFFFF), (7, 0xFFFF)],
)
def test_every_right_the_kernel_knows_is_handled(version: int, rights: int) -> None:
    assert landlock._handled_files(version) == rights


def test_reading_never_includes_execution_or_writing() -> None:
    assert landlock._READ & (landlock._EXECUTE | landlock._WRITE_FILE | landlock._MAKE_REG) == 0
    assert landlock._READ_AND_WRITE & landlock._EXECUTE == 0
