"""Quizzes written for other programs, with what they lose."""

from autograder.usecases.quizzes.exchange import as_document, export, rows


def test_export_writes_a_file_per_language_and_tells_what_is_lost(course, tmp_path):
    done = export(course, ["every-type"], "moodle", ["en", "fr"], 2, tmp_path)
    document = as_document(done, "moodle")
    assert [file.name for file in done[0].files] == ["every-type.en.xml", "every-type.fr.xml"]
    assert document["files"] == [str(tmp_path / name) for name in ("every-type.en.xml", "every-type.fr.xml")]
    assert {
        "quiz": "every-type",
        "question": "kv",
        "level": "degraded",
        "what": "values are drawn among 2 variants, not for each student",
    } in document["losses"]
    assert ("every-type", "(all)", "aside", "attempts.max: set it in Moodle itself") in rows(done)
    # The same in both languages is told once.
    assert len(rows(done)) == len(set(rows(done)))


def test_survey_loses_in_moodle_what_has_no_right_answer(course, tmp_path):
    lost = export(course, ["feedback"], "moodle", ["en"], 2, tmp_path)[0].losses
    assert {each.level for each in lost if each.question == "pace"} == {"lost"}
