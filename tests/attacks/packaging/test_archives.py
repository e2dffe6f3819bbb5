"""Archives that lead out, lie about their size or hide what they hold, brought in by `collect`."""

from __future__ import annotations

import gzip
import io
import os
import resource
import struct
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from autograder.adapters.archive import CAPS, Caps, unpack
from autograder.errors import SubmissionError
from autograder.usecases.collect import collect

from .conftest import RIGHT, everything_below, member

HONEST = {"ada/double.py": RIGHT}


def _collected(course, source: Path, into: Path):
    """What was brought in, after a look that nothing else was written and nothing of ours is left."""
    beside = set(source.parent.iterdir())
    brought = collect(course, source, into)
    assert set(source.parent.iterdir()) - beside <= {into}
    assert not list(into.glob(".unpacked-*"))
    return brought


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "eve/../../outside.txt",
        "/tmp/outside.txt",
        "..\\outside.txt",
        "C:\\outside.txt",
        "eve/double/../../../outside.txt",
        "//outside.txt",
    ],
)
def test_name_that_leads_out_is_left_out_and_told(course, zipped, tarred, outside, tmp_path, name):
    before = outside.read_text()
    for source in (
        zipped({**HONEST, name: "owned"}),
        tarred((member("ada/double.py"), RIGHT.encode()), (member(name), b"owned")),
    ):
        into = tmp_path / f"into-{source.name}"
        brought = _collected(course, source, into)
        assert brought.taken == ("ada/double",)
        assert any("leads out of the folder" in line for line in brought.unmatched)
        assert outside.read_text() == before
        assert "owned" not in everything_below(tmp_path).values()


def test_links_in_a_zip_are_left_out(course, zipped, outside, tmp_path):
    source = zipped(HONEST, links={"eve/double.py": str(outside), "bob/double": "../ada/double"})
    brought = _collected(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert sum("a link or a device is not taken in" in line for line in brought.unmatched) == 2


def test_file_below_a_linked_folder_stays_inside(course, tarred, outside, tmp_path):
    source = tarred(
        (member("ada/double.py"), RIGHT.encode()),
        (member("eve", tarfile.SYMTYPE, str(tmp_path)), None),
        (member("eve/outside.txt"), b"owned"),
    )
    _collected(course, source, tmp_path / "into")
    assert "owned" not in outside.read_text()


@pytest.mark.parametrize("type", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_links_pipes_and_devices_in_a_tar_are_left_out(course, tarred, outside, tmp_path, type):
    source = tarred(
        (member("ada/double.py"), RIGHT.encode()), (member("eve/double.py", type, "../../outside.txt"), None)
    )
    brought = _collected(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert any("a link or a device is not taken in" in line for line in brought.unmatched)


def test_sparse_file_that_is_terabytes_of_nothing_is_left_out(course, tmp_path):
    info = member("eve/double.py", tarfile.GNUTYPE_SPARSE)
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[386:398] = b"00000000000\0"
    header[398:410] = b"00000000000\0"
    header[483:495] = b"77777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    path = tmp_path / "class.tar"
    honest = member("ada/double.py")
    honest.size = len(RIGHT)
    content = RIGHT.encode().ljust(512, b"\0")
    path.write_bytes(honest.tobuf() + content + bytes(header) + b"\0" * 1024)
    brought = _collected(course, path, tmp_path / "into")
    assert brought.taken == ("ada/double",)


def test_doubled_name_keeps_the_first_and_is_told(course, zipped, tmp_path):
    source = zipped(HONEST)
    with zipfile.ZipFile(source, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("ada/double.py", "def double(x): return 0\n")
    brought = _collected(course, source, tmp_path / "into")
    assert (tmp_path / "into/ada/double/double.py").read_text() == RIGHT
    assert any("holds this name twice" in line for line in brought.unmatched)


def test_same_name_in_two_unicode_forms_is_one_name(course, zipped, tmp_path):
    source = zipped({"zoe\u0301/double.py": RIGHT, "zo\u00e9/double.py": "0\n"})
    assert any("holds this name twice" in line for line in _collected(course, source, tmp_path / "into").unmatched)


def test_folder_in_the_place_of_a_file_is_told(course, zipped, tmp_path):
    brought = _collected(course, zipped({**HONEST, "ada/double.py/x.py": "0\n"}), tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert any("another file stands in its place" in line for line in brought.unmatched)


def test_bomb_by_ratio_is_left_out_and_siblings_count(course, zipped, tmp_path):
    brought = _collected(course, zipped({**HONEST, "eve/double.py": b"\0" * (15 * 2**20)}), tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert any("times its size" in line for line in brought.unmatched)


def test_zip_that_lies_about_a_size_is_not_believed(course, tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("ada/double.py", RIGHT)
        archive.writestr("eve/double.py", os.urandom(20 * 2**20))
    content = bytearray(path.read_bytes())
    size = struct.pack("<I", 20 * 2**20)
    at = content.rfind(size, 0, content.rfind(b"PK\x05\x06"))
    content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    brought = _collected(course, path, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert not (tmp_path / "into/eve/double/double.py").exists()


def test_gzip_bomb_ends_early_in_little_time_and_memory(course, tmp_path):
    path = tmp_path / "class.tar.gz"
    info = member("eve/double.py")
    info.size = 2**33
    with gzip.open(path, "wb", 6) as file:
        file.write(info.tobuf())
        for _ in range(256):
            file.write(b"\0" * 2**20)
    start, grown = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SubmissionError, match=r"times its size|more than"):
        _collected(course, path, tmp_path / "into")
    assert time.monotonic() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < 200 * 1024


def test_long_name_header_that_never_ends_is_stopped(course, tmp_path):
    path = tmp_path / "class.tar.gz"
    info = member("././@LongLink", tarfile.GNUTYPE_LONGNAME)
    info.size = 2**32
    with gzip.open(path, "wb", 6) as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        for _ in range(128):
            file.write(b"a" * 2**20)
    with pytest.raises(SubmissionError, match="not unpacked"):
        _collected(course, path, tmp_path / "into")


def test_bomb_by_count_is_refused_whole(tmp_path, zipped):
    source = zipped({f"eve/{n}.py": "" for n in range(300)})
    (tmp_path / "into").mkdir()
    with pytest.raises(SubmissionError, match="holds more than 200 files"):
        unpack(source, tmp_path / "into", Caps(members=200))


def test_directory_of_millions_of_entries_is_refused_before_it_is_read(course, tmp_path):
    path = tmp_path / "class.zip"
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 300_000
    path.write_bytes(directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 0, 0))
    start = time.monotonic()
    with pytest.raises(SubmissionError, match="lists more than"):
        _collected(course, path, tmp_path / "into")
    assert time.monotonic() - start < 2


def test_bomb_by_depth_is_left_out(course, zipped, tmp_path):
    deep = "/".join(["eve"] + ["d"] * 500)
    brought = _collected(course, zipped({**HONEST, f"{deep}/double.py": RIGHT}), tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert any("too long or too deep" in line for line in brought.unmatched)


def test_archives_inside_stay_closed(course, zipped, tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("double.py", RIGHT)
    brought = _collected(course, zipped({**HONEST, "eve/double/double.zip": inner.getvalue()}), tmp_path / "into")
    assert "eve/double" in brought.taken
    assert not (tmp_path / "into/eve/double/double.py").exists()


def test_encrypted_member_is_left_out_and_told(course, zipped, tmp_path):
    source = zipped({**HONEST, "eve/double.py": RIGHT})
    content = bytearray(source.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.rfind(signature)
        content[at + offset] |= 1
    source.write_bytes(content)
    brought = _collected(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert any("it is encrypted" in line for line in brought.unmatched)


@pytest.mark.parametrize(("flag", "raw"), [(0x800, "zoé".encode()), (0, "zoé".encode()), (0, "zoé".encode("cp437"))])
def test_accents_arrive_whatever_the_archive_calls_them(course, zipped, tmp_path, flag, raw):
    source = zipped({"zo__/double.py" if len(raw) == 4 else "zo_/double.py": RIGHT})
    content = source.read_bytes().replace(b"zo__" if len(raw) == 4 else b"zo_", raw)
    content = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        struct.pack_into("<H", content, at + offset, flag)
    source.write_bytes(content)
    assert _collected(course, source, tmp_path / "into").taken == ("zoé/double",)


@pytest.mark.parametrize(
    "name", ["e\nve/double.py", "eve\x1b[2J/double.py", "e\u202eve/double.py", "eve\x00/double.py"]
)
def test_name_with_characters_that_do_not_show_is_left_out(course, zipped, tmp_path, name):
    source = zipped({**HONEST, name.replace("\x00", "@"): RIGHT})
    source.write_bytes(source.read_bytes().replace(b"eve@", b"eve\x00"))
    brought = _collected(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert all(line.isprintable() for line in brought.unmatched) and len(brought.unmatched) == 1


def test_name_that_is_not_utf8_in_a_tar_is_left_out(course, tarred, tmp_path):
    source = tarred((member("ada/double.py"), RIGHT.encode()), (member("eve\udce9/double.py"), b"0"))
    brought = _collected(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",) and len(brought.unmatched) == 1


def test_long_names_are_left_out(course, tarred, tmp_path):
    source = tarred((member("ada/double.py"), RIGHT.encode()), (member("e" * 3000 + "/double.py"), b"0"))
    assert any("too long" in line for line in _collected(course, source, tmp_path / "into").unmatched)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\xff" * 18, b"\x1f\x8b\x08", os.urandom(4096)])
@pytest.mark.parametrize("suffix", [".zip", ".tar.gz", ".tar"])
def test_what_is_no_archive_is_refused_with_a_remedy(course, tmp_path, content, suffix):
    path = tmp_path / f"class{suffix}"
    path.write_bytes(content)
    with pytest.raises(SubmissionError, match="Remedy"):
        _collected(course, path, tmp_path / "into")


def test_class_in_one_folder_is_found(course, zipped, tmp_path):
    source = zipped({"submissions/ada/double.py": RIGHT, "submissions/bob/double/double.py": RIGHT})
    assert _collected(course, source, tmp_path / "into").taken == ("ada/double", "bob/double")


def test_dates_of_members_are_kept_up_to_the_archives_own(course, zipped, tmp_path):
    source = zipped(HONEST)
    early = zipfile.ZipFile(source).infolist()[0].date_time
    _collected(course, source, tmp_path / "into")
    file = tmp_path / "into/ada/double/double.py"
    assert time.localtime(file.stat().st_mtime)[:5] == early[:5]
    os.utime(source, (1_000_000_000, 1_000_000_000))
    _collected(course, source, tmp_path / "again")
    assert (tmp_path / "again/ada/double/double.py").stat().st_mtime == 1_000_000_000


def test_file_over_the_cap_is_left_out(course, zipped, tmp_path):
    brought = _collected(course, zipped({**HONEST, "eve/double.ipynb": os.urandom(17 * 2**20)}), tmp_path / "into")
    assert any(f"larger than {CAPS.file_mib} MiB" in line for line in brought.unmatched)
    assert brought.taken == ("ada/double",)


def test_unpacking_itself_stops_at_each_cap(zipped, tmp_path):
    (tmp_path / "one").mkdir()
    left_out = unpack(zipped({"a/x.py": os.urandom(2**21), "b/x.py": "1\n"}), tmp_path / "one", Caps(file_mib=1))
    assert left_out == ("a/x.py: larger than 1 MiB",)
    assert set(everything_below(tmp_path / "one")) == {"b/x.py"}
    (tmp_path / "all").mkdir()
    many = zipped({f"a/{n}.py": os.urandom(2**20) for n in range(6)})
    with pytest.raises(SubmissionError, match="unpacks to more than 4 MiB"):
        unpack(many, tmp_path / "all", Caps(total_mib=4))
    with pytest.raises(SubmissionError, match="larger than 1 MiB"):
        unpack(many, tmp_path / "all", Caps(archive_mib=1))
