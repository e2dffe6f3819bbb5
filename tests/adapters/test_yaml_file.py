import json
import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from autograder.adapters.yaml_file import MAX_BYTES, MAX_DEPTH, load_yaml, parse_yaml, validate
from autograder.adapters.yaml_model import Bilingual, Strict
from autograder.errors import CourseError

GOLDEN = Path(__file__).parents[1] / "golden/yaml"


class Item(Strict):
    id: str
    points: float


class File(Strict):
    title: Bilingual
    items: list[Item]


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_refused_file_is_told_with_line_and_remedy(file, monkeypatch):
    monkeypatch.chdir(GOLDEN)
    with pytest.raises(CourseError) as caught:
        load_yaml(file)
    assert str(caught.value) + "\n" == file.with_suffix(".error").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("true", True),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        (".5", 0.5),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("-12", -12),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2026-11-13", "2026-11-13"),
        ("~", None),
        ("'1'", "1"),
        ("'true'", "true"),
        ("-.inf", -math.inf),
        ("<<", "<<"),
        ("=", "="),
        (r"'$\alpha$'", r"$\alpha$"),
    ],
)
def test_scalar_is_that_of_yaml_1_2(text, value):
    found = parse_yaml(f"key: {text}\n", "a.yaml").value["key"]
    assert (found, type(found)) == (value, type(value))


def test_keys_are_text():
    assert parse_yaml("{1: a, true: b, no: c, null: d}", "a.yaml").value == {
        "1": "a",
        "true": "b",
        "no": "c",
        "null": "d",
    }


def test_deepest_allowed_nesting_is_read():
    depth = MAX_DEPTH - 1
    assert parse_yaml("[" * depth + "1" + "]" * depth, "a.yaml").value
    with pytest.raises(CourseError, match="nested more than 32 deep"):
        parse_yaml("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH, "a.yaml")


def test_million_brackets_are_refused_at_once():
    with pytest.raises(CourseError, match="nested"):
        parse_yaml("[" * 1_000_000, "a.yaml")


def test_file_over_the_cap_is_refused(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(CourseError, match="larger than 1 MiB"):
        load_yaml(file)


def test_missing_file_is_told(tmp_path):
    with pytest.raises(
        CourseError, match=r"absent\.yaml: cannot be read \(No such file or directory\)\. Remedy: create it"
    ):
        load_yaml(tmp_path / "absent.yaml")


def test_byte_order_mark_is_passed_over(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert load_yaml(tmp_path / "a.yaml").value == {"a": 1}


def test_line_of_a_key_path_is_known():
    document = parse_yaml("a: 1\nb:\n- x\n- c: 2\n  d: 3\n", "a.yaml", first_line=10)
    lines = {
        path: document.where(path).line for path in [("a",), ("b", 0), ("b", 1, "d"), ("b", 1, "absent"), ("absent",)]
    }
    assert lines == {("a",): 10, ("b", 0): 12, ("b", 1, "d"): 14, ("b", 1, "absent"): 13, ("absent",): 10}


def test_model_errors_come_all_at_once_in_the_order_of_lines():
    text = "titel: x\ntitle: {en: a}\nitems:\n- {id: 3, points: 1}\n- {id: a, points: '2'}\n- {id: a, point: 2}\n- 7\n"
    with pytest.raises(CourseError) as caught:
        validate(File, parse_yaml(text, "a.yaml"))
    assert caught.value.problems == [
        "a.yaml:1: unknown key 'titel'. Remedy: write 'title'.",
        "a.yaml:2: 'title.fr' is missing. Remedy: add 'fr:'.",
        "a.yaml:4: 'items.0.id' is 3: input should be a valid string. Remedy: put the text between quotes.",
        "a.yaml:5: 'items.1.points' is \"2\": input should be a valid number. Remedy: change that value.",
        "a.yaml:6: 'items.2.points' is missing. Remedy: add 'points:'.",
        "a.yaml:6: unknown key 'point'. Remedy: write 'points'.",
        "a.yaml:7: 'items.3' is 7: input should be an object. Remedy: write keys and values there.",
    ]


def test_valid_file_becomes_a_model(tmp_path):
    (tmp_path / "a.yaml").write_text("title: {en: a, fr: b}\nitems: [{id: x, points: 2}]\n")
    file = validate(File, tmp_path / "a.yaml")
    assert file.items[0].points == 2.0 and file.title.text().fr == "b"


# JSON writes what lies beyond U+FFFF as two halves, which the loader refuses.
letters = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])

plain_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(letters, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(letters, max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(plain_data)
def test_json_is_read_as_json_reads_it(value):
    text = json.dumps(value)
    if text in ("null", '""'):
        return
    found = parse_yaml(text, "a.yaml").value
    assert found == value and json.dumps(found) == text


@given(st.text(alphabet="ab01:-[]{},&*!#?|>'\"\\ \n\t.e~", max_size=80))
def test_any_text_is_data_or_a_line_with_a_remedy(text):
    try:
        document = parse_yaml(text, "a.yaml")
    except CourseError as error:
        assert all(line.startswith("a.yaml:") and ". Remedy: " in line for line in error.problems)
    else:
        assert document.where().line is not None
        for event in yaml.parse(text):
            assert not isinstance(event, yaml.AliasEvent)
