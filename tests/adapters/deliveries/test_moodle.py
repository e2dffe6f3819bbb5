from __future__ import annotations

from datetime import UTC, datetime

from autograder.adapters.deliveries.moodle import KIND


def test_hand_ins_in_folders_and_in_front_of_file_names_are_those_of_participants(put, read):
    put("Zoé Martin_4711_assignsubmission_file/double.ipynb")
    put("Ada B. Lovelace_12_assignsubmission_file_/double.py")
    put("Jean_Luc_13_assignsubmission_file_double.fr.ipynb")
    put("Jean_Luc_13_assignsubmission_file_notes.txt")
    found, told = read(KIND)
    assert [(each.who.name, each.who.ids, each.slug) for each in found] == [
        ("Ada B. Lovelace", (("moodle", "12"),), "double"),
        ("Jean_Luc", (("moodle", "13"),), "double"),
        ("Zoé Martin", (("moodle", "4711"),), "double"),
    ]
    assert [name for name, _ in found[1].files] == ["double.fr.ipynb", "notes.txt"]
    assert {each.received_at for each in found} == {datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)}
    assert told == []


def test_online_text_and_strange_entries_are_told_and_read_as_nobodys(put, read):
    put("Ada_1_assignsubmission_onlinetext/onlinetext.html")
    put("Bob_2_assignsubmission_onlinetext/onlinetext.html")
    put("Bob_2_assignsubmission_file/double.py")
    put("liesmich.txt")
    found, told = read(KIND)
    assert [each.who.label for each in found] == ["Bob (2)"]
    assert told == ["liesmich.txt: no hand-in of Moodle's", "Ada (1): handed in as online text, not as a file"]


def test_two_of_one_name_stay_two(put, read):
    put("Ada_1_assignsubmission_file/double.py")
    put("Ada_2_assignsubmission_file/double.py")
    found, _ = read(KIND)
    assert [each.who.ids for each in found] == [(("moodle", "1"),), (("moodle", "2"),)]
