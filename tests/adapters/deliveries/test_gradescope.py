from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autograder.adapters.deliveries.gradescope import KIND, METADATA, read_metadata
from autograder.errors import SubmissionError

ABOUT = """\
---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0042'
    :email: ada@example.org
  - :name: Bob
    :sid:
    :email: bob@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-11-10 19:05:28.206207000 Z
  :score: 3.0
submission_2:
  :submitters:
  - :name: Eve
    :sid: '7'
  :created_at: 2026-11-10 19:05:28.206207000 Z
"""


def test_work_of_a_group_counts_for_each_member_at_the_stated_date(put, read):
    put(METADATA, ABOUT)
    put("submission_1/double.py")
    put("submission_2/double.py")
    found, told = read(KIND)
    assert [(each.who.label, each.who.ids) for each in found] == [
        ("0042", (("sid", "0042"), ("email", "ada@example.org"))),
        ("bob@example.org", (("email", "bob@example.org"),)),
        ("7", (("sid", "7"),)),
    ]
    assert found[2].received_at == datetime(2026, 11, 10, 19, 5, 28, 206207, tzinfo=UTC)
    assert told == [f"submission_1: no date in {METADATA}; that of the files counts"]


def test_folder_that_the_metadata_does_not_know_is_told(put, read):
    put(METADATA, ABOUT)
    put("submission_3/double.py")
    assert read(KIND) == ([], [f"submission_3: {METADATA} does not say whose it is"])


@pytest.mark.parametrize("text", ["- a\n- b\n", "just text", "{", "a: &a [*a]\n\x00", "", "{" * 10_000])
def test_metadata_that_is_none_is_refused(put, text):
    with pytest.raises(SubmissionError, match=r"Remedy: download"):
        read_metadata(put(METADATA, text))


def test_deep_and_aliased_metadata_is_read_without_unfolding(put):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    found = read_metadata(put(METADATA, bomb + "deep: " + "[" * 500 + "]" * 500 + "\n"))
    assert found["a"] == ["x", "x"]
    assert found["u"] == [None, None]
