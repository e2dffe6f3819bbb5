from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.pages.folders import folder_name, folder_names, write_whole


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("alice.martin-2_b", "alice.martin-2_b"),
        ("émile", "=C3=A9mile"),
        ("../../etc/passwd", "=2E.=2F..=2Fetc=2Fpasswd"),
        ("..", "=2E=2E"),
        (".", "=2E"),
        ("", "="),
        ("=41", "=3D41"),
        ("CON", "=43ON"),
        ("nul.txt", "=6Eul.txt"),
        ("a\x00b", "a=00b"),
        ("\ud800", "=ED=A0=80"),
    ],
)
def test_folder_name(id, name):
    assert folder_name(id) == name


@given(st.text(st.characters(), max_size=300))
def test_a_name_is_one_safe_component(id):
    name = folder_name(id)
    assert re.fullmatch(r"[A-Za-z0-9._=~-]+", name)
    assert not name.startswith(".")
    assert not name.endswith(".")
    assert len(name) <= 120
    assert (Path("out") / name).parent == Path("out")


@given(
    st.sets(
        st.one_of(st.text(st.characters(), max_size=8), st.text("aA./=~%2E", max_size=6), st.text("a", min_size=95))
    )
)
def test_names_never_collide_even_where_case_is_ignored(ids):
    names = folder_names(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)


def test_case_alone_gets_a_digest():
    names = folder_names(["Alice", "alice", "bob"])
    assert names["bob"] == "bob"
    assert names["alice"].startswith("alice~")
    assert names["Alice"].startswith("Alice~")


def test_file_is_replaced_whole(tmp_path):
    path = write_whole(tmp_path / "deep" / "page.html", "one")
    write_whole(path, "deux é\n")
    assert path.read_bytes() == "deux é\n".encode()
    assert [file.name for file in path.parent.iterdir()] == ["page.html"]


def test_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    path = write_whole(tmp_path / "page.html", "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
