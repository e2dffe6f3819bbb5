import json

from autograder.adapters.stand_in import STAND_IN, TIMESTAMP_FILE, stand_in


def folder(tmp_path, **files):
    place = tmp_path / "ada" / "double"
    place.mkdir(parents=True)
    for name, content in files.items():
        (place / name.replace("__", ".")).write_text(content)
    return place


def test_module_alone_gets_a_notebook_and_a_date(tmp_path):
    place = folder(tmp_path, double__py="x = 1\n")
    stand_in(tmp_path, ["double"])
    assert (place / "double.ipynb").read_bytes() == STAND_IN
    assert json.loads(STAND_IN)["cells"][0]["cell_type"] == "markdown"
    assert (place / TIMESTAMP_FILE).read_text().endswith("UTC")


def test_work_and_date_that_are_there_stay_as_they_are(tmp_path):
    place = folder(tmp_path, double__ipynb="mine", timestamp__txt="then")
    stand_in(tmp_path, ["double"])
    assert (place / "double.ipynb").read_text() == "mine"
    assert (place / TIMESTAMP_FILE).read_text() == "then"


def test_link_to_a_folder_elsewhere_is_not_written_into(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "submitted" / "eve").mkdir(parents=True)
    (tmp_path / "submitted" / "eve" / "double").symlink_to(elsewhere)
    stand_in(tmp_path / "submitted", ["double"])
    assert list(elsewhere.iterdir()) == []
