from __future__ import annotations

from autograder.adapters.deliveries.canvas import KIND


def test_files_of_a_user_are_one_hand_in_under_the_names_that_were_given(put, read):
    put("lovelaceada_101_9001_double-1.py")
    put("lovelaceada_101_9002_notes.txt")
    put("hopper_LATE_102_9003_double.ipynb")
    found, told = read(KIND)
    assert [(each.who.name, each.who.ids, each.slug, each.on_time) for each in found] == [
        ("hopper", (("canvas", "102"),), "double", False),
        ("lovelaceada", (("canvas", "101"),), "double", True),
    ]
    assert [name for name, _ in found[1].files] == ["double.py", "notes.txt"]
    assert found[1].who.squeezed
    assert told == ["hopper (102): late, says Canvas, and not by how much; the file's date counts"]


def test_second_hand_in_beside_the_first_keeps_its_own_name(put, read):
    put("ada_1_10_double.py", "old")
    put("ada_1_11_double-1.py", "new")
    (found,), _ = read(KIND)
    assert [name for name, _ in found.files] == ["double.py", "double-1.py"]


def test_text_entries_are_told(put, read):
    put("ada_1_10_double.py")
    put("bob_2_text.html")
    found, told = read(KIND)
    assert len(found) == 1
    assert told == ["bob_2_text.html: handed in as text, not as a file"]


def test_folder_with_other_files_is_no_download_of_canvas(source, put):
    put("ada_1_10_double.py")
    put("readme.txt")
    assert not KIND.recognises(source, ("double",))
