from pathlib import Path

import pytest

from autograder.adapters.quizzes.load import json_schema, load_quiz, quiz_files
from autograder.quiz_types import Choices, Match, Numeric, Order, Tensor

ROOT = Path(__file__).parents[3]
QUIZZES = ROOT / "tests" / "quizzes"


@pytest.fixture(scope="module")
def quiz():
    return load_quiz(QUIZZES / "valid" / "every-type.yaml")


def test_every_type_is_loaded(quiz):
    assert {question.type for question in quiz.questions} == {
        "single", "multiple", "bool", "numeric", "text", "cloze", "match", "order", "tensor", "shape", "output",
        "hotspot", "essay",
    }  # fmt: skip


def test_points_are_one_unless_said_or_summed_by_a_rubric(quiz):
    assert {each.id: each.points for each in quiz.questions if each.points != 1} == {"pos": 2, "essay": 3}


def test_keys_are_as_written(quiz):
    scale, kv = quiz.question("scale").body, quiz.question("kv").body
    assert isinstance(scale, Choices)
    assert [choice.id for choice in scale.choices if choice.correct] == ["var"]
    assert isinstance(kv, Numeric)
    assert (kv.expr, kv.unit, kv.accept, len(kv.traps)) == ("2*L*T*d*2 / 2**20", "MiB", ("GiB",), 1)


def test_choices_without_an_id_get_letters_by_the_order_of_their_texts(quiz):
    body = quiz.question("pos").body
    assert isinstance(body, Choices)
    assert {choice.text.en: choice.id for choice in body.choices} == {
        "BERT": "a", "GPT": "b", "Llama": "c", "RoBERTa": "d",
    }  # fmt: skip


def test_ids_of_items_follow_the_alphabet_not_the_key(quiz):
    order, match = quiz.question("pipeline").body, quiz.question("families").body
    assert isinstance(order, Order) and isinstance(match, Match)
    for items in (order.items, match.rights):
        assert [each.text.en for each in items] == sorted(each.text.en for each in items)
    first = next(item for item in order.items if item.id == order.key[0])
    assert first.text.en == "pretraining"
    assert {left: next(r.text.en for r in match.rights if r.id == right) for left, right in match.key.items()} == {
        "l1": "BERT",
        "l2": "GPT",
    }


def test_mask_is_a_tensor_of_booleans(quiz):
    mask = quiz.question("mask").body
    assert isinstance(mask, Tensor)
    assert (mask.shape, mask.boolean, mask.cells[:3]) == ((3, 3), True, ("true", "false", "false"))


def test_version_changes_with_the_file_but_not_with_its_line_ends(tmp_path):
    def version(content: bytes) -> str:
        (tmp_path / "feedback.yaml").write_bytes(content)
        return load_quiz(tmp_path / "feedback.yaml").version

    content = (QUIZZES / "valid" / "feedback.yaml").read_bytes()
    assert version(content) == version(content.replace(b"\n", b"\r\n"))
    assert version(content) != version(content.replace(b"too slow", b"so slow"))


def test_survey_has_no_key():
    survey = load_quiz(QUIZZES / "valid" / "feedback.yaml")
    assert survey.mode == "survey"


@pytest.mark.parametrize("file", quiz_files(ROOT / "quizzes"), ids=lambda file: file.stem)
def test_quiz_of_the_course_loads(file):
    assert load_quiz(file).questions


def test_json_schema_knows_every_type():
    schema = json_schema()
    mapping = schema["properties"]["questions"]["items"]["discriminator"]["mapping"]
    assert len(mapping) == 13
    assert schema["additionalProperties"] is False
