"""QTI 1.2 as Canvas exports it, and packages that are not what they should be."""

import zipfile

import pytest

from autograder.adapters.quizzes.exchange.bank import (
    Gaps,
    Loss,
    Numbers,
    Option,
    Pairs,
    Pick,
    Settings,
    TrueFalse,
    Value,
    Word,
    Words,
)
from autograder.adapters.quizzes.exchange.canvas_read import read
from autograder.errors import CourseError

MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"><resources>
<resource identifier="q" type="imsqti_xmlv1p2"><file href="q/q.xml"/></resource></resources></manifest>"""
META = """<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0"><quiz_type>practice_quiz</quiz_type>
<allowed_attempts>-1</allowed_attempts><scoring_policy>keep_latest</scoring_policy>
<shuffle_answers>false</shuffle_answers></quiz>"""


def package(folder, assessment, **others):
    file = folder / "quiz.fr.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("imsmanifest.xml", MANIFEST)
        made.writestr("q/q.xml", assessment)
        for name, content in others.items():
            made.writestr(name, content)
    return file


def label(ident, text):
    return f'<response_label ident="{ident}"><material><mattext>{text}</mattext></material></response_label>'


def item(kind, responses, conditions):
    return (
        f'<item ident="i"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>'
        f"<fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material>"
        f'<mattext texttype="text/html">&lt;div&gt;Why [a] [b]?&lt;/div&gt;</mattext></material>{responses}'
        f"</presentation><resprocessing>{conditions}</resprocessing></item>"
    )


def assessment(*items):
    return (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="gabc" title="T">'
        f'<section ident="root_section">{"".join(items)}</section></assessment></questestinterop>'
    )


def condition(inside, score="100", action="Set"):
    return (
        f"<respcondition><conditionvar>{inside}</conditionvar>"
        f'<setvar action="{action}" varname="SCORE">{score}</setvar></respcondition>'
    )


def equal(value, response="response1"):
    return f'<varequal respident="{response}">{value}</varequal>'


def lid(ident, *labels):
    return f'<response_lid ident="{ident}"><material><mattext>{ident[-1]}</mattext></material><render_choice>{"".join(labels)}</render_choice></response_lid>'  # noqa: E501 - one element


AB = (label("1", "x"), label("2", "y"))
BODIES = [
    ("multiple_choice_question", lid("response1", *AB), condition(equal("2")),
     Pick((Option("x", 0.0, id="1"), Option("y", 1.0, id="2")))),
    ("multiple_answers_question", lid("response1", *AB),
     condition(f"<and>{equal('1')}<not>{equal('2')}</not></and>"),
     Pick((Option("x", 1.0, id="1"), Option("y", -1.0, id="2")), many=True)),
    ("true_false_question", lid("response1", label("8", "True"), label("9", "False")), condition(equal("9")),
     TrueFalse(False)),
    ("short_answer_question", "", condition(equal("ab") + equal("cd")), Words((Word("ab"), Word("cd")))),
    ("numerical_question", "",
     condition('<vargte respident="response1">1.5</vargte><varlte respident="response1">2.5</varlte>'),
     Numbers((Value(2.0, 0.5),))),
    ("matching_question", lid("response_l", *AB) + lid("response_m", *AB),
     condition(equal("2", "response_l"), "50", "Add") + condition(equal("2", "response_m"), "50", "Add"),
     Pairs((("l", "y"), ("m", "y")), ("x",))),
    ("fill_in_multiple_blanks_question", lid("response_a", *AB) + lid("response_b", label("3", "z")),
     condition(equal("1", "response_a"), "50", "Add"),
     Gaps((("a", Words((Word("x"), Word("y")))), ("b", Words((Word("z"),)))))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "responses", "conditions", "body"), BODIES, ids=lambda value: str(value)[:20])
def test_question_as_canvas_exports_it_is_read(kind, responses, conditions, body, tmp_path):
    bank, lost = read(package(tmp_path, assessment(item(kind, responses, conditions))))
    assert (bank.items[0].body, lost) == (body, ())
    gaps = "{{a}} {{b}}" if isinstance(body, Gaps) else "[a] [b]"
    assert bank.items[0].text == f"Why {gaps}?"


def test_settings_groups_and_language_are_read(tmp_path):
    group = '<section ident="g" title="Some"><selection_ordering/>' + item("essay_question", "", "") * 2 + "</section>"
    bank, _ = read(package(tmp_path, assessment(group), **{"q/assessment_meta.xml": META}))
    assert bank.settings == Settings("practice", 0, "last", shuffle_choices=False)
    assert [(each.id, each.group) for each in bank.items] == [("i", "some"), ("i-2", "some")]
    assert (bank.id, bank.title, bank.language) == ("gabc", "T", "fr")


def test_unknown_question_is_told(tmp_path):
    _, lost = read(package(tmp_path, assessment(item("file_upload_question", "", ""))))
    assert lost == (Loss("i", "lost", "questions of type 'file_upload_question' are not read"),)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.txt": "a"}, "it holds no imsmanifest.xml"),
        ({"imsmanifest.xml": "<manifest/>"}, "its manifest lists nothing of type imsqti_xmlv1p2"),
        ({"imsmanifest.xml": MANIFEST}, r"it holds no q/q\.xml"),
        ({"imsmanifest.xml": '<!DOCTYPE a [<!ENTITY b "c">]><manifest>&b;</manifest>'}, "it declares a document type"),
        ({"imsmanifest.xml": MANIFEST, "q/q.xml": "<a"}, "not XML"),
    ],
)
def test_package_that_is_none_is_refused(members, message, tmp_path):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    with pytest.raises(CourseError, match=message):
        read(file)


def test_file_that_is_no_zip_is_refused(tmp_path):
    (tmp_path / "a.zip").write_text("no zip")
    with pytest.raises(CourseError, match="cannot be unpacked"):
        read(tmp_path / "a.zip")
    with pytest.raises(CourseError, match="Remedy"):
        read(tmp_path / "b.zip")
