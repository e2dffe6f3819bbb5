"""QTI 1.2 as Canvas writes it for its classic quizzes: a zip of an assessment, its settings and its pictures.

Covers every kind of item but regions and sequences, and groups of which one question is drawn. Does not cover New
Quizzes. Source: IMS QTI 1.2.1 ASI, and the exports of Canvas.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from autograder.adapters.quizzes.exchange import pictures
from autograder.adapters.quizzes.exchange.bank import (
    Abilities,
    Bank,
    Gaps,
    Html,
    Item,
    Numbers,
    Open,
    Pairs,
    Pick,
    TrueFalse,
    Words,
    written,
)
from autograder.adapters.quizzes.exchange.markup import plain
from autograder.adapters.quizzes.exchange.package import MANIFEST, write_package
from autograder.adapters.quizzes.exchange.xml import Element, add, document
from autograder.types import Language, Text

ABLE = Abilities(
    name="Canvas",
    ids=True,
    balanced=False,
    gaps="alike",
    remarks=False,
    credit=False,
    case=False,
    survey=True,
    settings=("mode", "attempts", "keep", "shuffle_choices"),
)
NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
KIND = "imsqti_xmlv1p2"
META = "assessment_meta.xml"
MODES = {"practice": "practice_quiz", "graded": "assignment", "survey": "survey"}
KEEPS = {"best": "keep_highest", "last": "keep_latest", "mean": "keep_average"}
FIGURES = "figures"
BASE = "$IMS-CC-FILEBASE$"
TRUE = {True: Text("True", "Vrai"), False: Text("False", "Faux")}


def write(bank: Bank, folder: Path) -> Path:
    """Writes `<id>.<language>.qti12.zip` into the folder."""
    drawn = {f"{FIGURES}/{item.id}.svg": item.picture.svg.encode() for item in bank.items if item.picture}
    members = {
        MANIFEST: document(_manifest(bank, list(drawn))),
        f"{bank.id}/{bank.id}.xml": document(_assessment(bank)),
        f"{bank.id}/{META}": document(_meta(bank)),
        **drawn,
    }
    return write_package(folder / f"{bank.id}.{bank.language}.qti12.zip", members)


def kind_of(body: object) -> str:
    """What Canvas calls a kind of question."""
    match body:
        case Pick(many=many):
            return "multiple_answers_question" if many else "multiple_choice_question"
        case TrueFalse():
            return "true_false_question"
        case Numbers():
            return "numerical_question"
        case Words():
            return "short_answer_question"
        case Gaps(gaps=gaps):
            listed = all(isinstance(gap, Pick) for _, gap in gaps)
            return "multiple_dropdowns_question" if listed else "fill_in_multiple_blanks_question"
        case Pairs():
            return "matching_question"
        case Open():
            return "essay_question"
    raise AssertionError(f"{type(body).__name__} does not fit Canvas")


def _manifest(bank: Bank, figures: list[str]) -> Element:
    root = Element("manifest", {"identifier": f"{bank.id}-{bank.language}",
                                "xmlns": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"})  # fmt: skip
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(root, "organizations")
    resources = add(root, "resources")
    quiz = add(resources, "resource", identifier=bank.id, type=KIND)
    add(quiz, "file", href=f"{bank.id}/{bank.id}.xml")
    add(quiz, "dependency", identifierref=f"{bank.id}-meta")
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    meta = add(resources, "resource", identifier=f"{bank.id}-meta", type=kind, href=f"{bank.id}/{META}")
    add(meta, "file", href=f"{bank.id}/{META}")
    for number, name in enumerate(figures, 1):
        figure = add(resources, "resource", identifier=f"figure-{number}", type="webcontent", href=name)
        add(figure, "file", href=name)
    return root


def _meta(bank: Bank) -> Element:
    settings = bank.settings
    root = Element("quiz", {"identifier": bank.id, "xmlns": "http://canvas.instructure.com/xsd/cccv1p0"})
    add(root, "title", bank.title)
    add(root, "quiz_type", MODES[settings.mode])
    add(root, "points_possible", written(sum(points_of_groups(bank).values())))
    add(root, "allowed_attempts", str(settings.attempts or -1))
    add(root, "scoring_policy", KEEPS[settings.keep])
    add(root, "shuffle_answers", str(settings.shuffle_choices).lower())
    add(root, "anonymous_submissions", str(settings.mode == "survey").lower())
    return root


def points_of_groups(bank: Bank) -> dict[str, float]:
    """Points of each item, or of a group of which one is drawn."""
    return {item.group or f"{item.id} alone": item.points for item in bank.items}


def _assessment(bank: Bank) -> Element:
    root = Element("questestinterop", {"xmlns": NAMESPACE})
    assessment = add(root, "assessment", ident=bank.id, title=bank.title)
    attempts = str(bank.settings.attempts or "unlimited")
    _metadata(assessment, {"cc_maxattempts": attempts})
    section = add(assessment, "section", ident="root_section")
    groups: dict[str, Element] = {}
    for item in bank.items:
        if item.group and item.group not in groups:
            groups[item.group] = add(section, "section", ident=f"group-{item.group}", title=item.group)
            selection = add(add(groups[item.group], "selection_ordering"), "selection")
            add(selection, "selection_number", "1")
            add(add(selection, "selection_extension"), "points_per_item", written(item.points))
        _item(groups.get(item.group, section), item, bank.language)
    return root


def _metadata(parent: Element, fields: dict[str, str]) -> None:
    metadata = add(parent, "qtimetadata")
    for label, entry in fields.items():
        field = add(metadata, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)


def _item(section: Element, item: Item, language: Language) -> None:
    made = add(section, "item", ident=item.id, title=item.id)
    _metadata(add(made, "itemmetadata"), {"question_type": kind_of(item.body), "points_possible": written(item.points)})
    presentation = add(made, "presentation")
    asked = pictures.shown(item, f"{BASE}/{FIGURES}/{item.id}.svg")
    if isinstance(item.body, Gaps):
        for name, _ in item.body.gaps:
            asked = asked.replace(f"{{{{{name}}}}}", f"[{name}]")
    _material(presentation, asked)
    processing = Element("resprocessing")
    add(add(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    feedback: dict[str, Html] = {"general_fb": item.why} if item.why else {}
    if item.why:
        _when(processing, goes_on=True, shows="general_fb")
    _body(presentation, processing, item, feedback, language)
    made.append(processing)
    for ident, html in feedback.items():
        _material(add(add(made, "itemfeedback", ident=ident), "flow_mat"), html)


def _body(
    presentation: Element, processing: Element, item: Item, feedback: dict[str, Html], language: Language
) -> None:
    match item.body:
        case Pick(options=options, many=many):
            labels = [(each.id, each.text, each.feedback) for each in options]
            _listed(presentation, processing, labels, feedback, many)
            _ticks(processing, item.body)
        case TrueFalse(answer=answer, right=right, wrong=wrong):
            labels = [
                (str(value).lower(), TRUE[value].say(language), right if value is answer else wrong)
                for value in (True, False)
            ]
            _listed(presentation, processing, labels, feedback, many=False)
            _equal(_when(processing, score="100"), str(answer).lower())
        case Numbers():
            _line(presentation, decimal=True)
            _numbers(processing, item.body)
        case Words(words=words):
            _line(presentation)
            right_ones = _when(processing, score="100")
            for word in words:
                _equal(right_ones, word.text)
        case Gaps():
            _gaps(presentation, processing, item.body)
        case Pairs():
            _pairs(presentation, processing, item.body)
        case Open():
            _line(presentation)
            add(_when(processing), "other")


def _listed(
    presentation: Element, processing: Element, labels: list[tuple[str, Html, Html]], feedback: dict[str, Html],
    many: bool,
) -> None:  # fmt: skip
    """Choices, and what is said about each."""
    response = add(presentation, "response_lid", ident="response1", rcardinality="Multiple" if many else "Single")
    choices = add(response, "render_choice")
    for id, text, remark in labels:
        _material(add(choices, "response_label", ident=id), text)
        if remark:
            feedback[f"{id}_fb"] = remark
            _equal(_when(processing, goes_on=True, shows=f"{id}_fb"), id)


def _ticks(processing: Element, body: Pick) -> None:
    right = [each.id for each in body.options if each.share > 0]
    if not right:
        return
    condition = _when(processing, score="100")
    if not body.many:
        _equal(condition, right[0])
        return
    both = add(condition, "and")
    for option in body.options:
        _equal(both if option.id in right else add(both, "not"), option.id)


def _numbers(processing: Element, body: Numbers) -> None:
    for value in body.values:
        either = add(_when(processing, score="100"), "or")
        number, tolerance = Decimal(written(value.number)), Decimal(written(value.tolerance))
        _equal(either, written(value.number))
        between = add(either, "and")
        add(between, "vargte", str(number - tolerance), respident="response1")
        add(between, "varlte", str(number + tolerance), respident="response1")


def _gaps(presentation: Element, processing: Element, body: Gaps) -> None:
    share = f"{100 / len(body.gaps):.2f}"
    for name, gap in body.gaps:
        response = add(presentation, "response_lid", ident=f"response_{name}")
        _material(response, name, "text/plain")
        choices = add(response, "render_choice")
        if isinstance(gap, Pick):
            labels = [(each.id, plain(each.text), each.share > 0) for each in gap.options]
        else:
            assert isinstance(gap, Words)
            labels = [(f"{name}-{number}", each.text, True) for number, each in enumerate(gap.words, 1)]
        for id, text, _ in labels:
            _material(add(choices, "response_label", ident=id), text, "text/plain")
        right = next(id for id, _, is_right in labels if is_right)
        _equal(_when(processing, score=share, adds=True), right, f"response_{name}")


def _pairs(presentation: Element, processing: Element, body: Pairs) -> None:
    share = f"{100 / len(body.pairs):.2f}"
    rights = list(dict.fromkeys([right for _, right in body.pairs] + list(body.extra)))
    for number, (left, right) in enumerate(body.pairs, 1):
        response = add(presentation, "response_lid", ident=f"response_l{number}")
        _material(response, left)
        choices = add(response, "render_choice")
        for place, each in enumerate(rights, 1):
            _material(add(choices, "response_label", ident=f"m{place}"), plain(each), "text/plain")
        _equal(_when(processing, score=share, adds=True), f"m{rights.index(right) + 1}", f"response_l{number}")


def _line(presentation: Element, decimal: bool = False) -> None:
    response = add(presentation, "response_str", ident="response1", rcardinality="Single")
    add(add(response, "render_fib", **({"fibtype": "Decimal"} if decimal else {})), "response_label", ident="answer1")


def _when(
    processing: Element, *, goes_on: bool = False, score: str = "", adds: bool = False, shows: str = ""
) -> Element:
    """A condition with what it does; the one of `general_fb` is always true."""
    condition = add(processing, "respcondition", continue_="Yes" if goes_on else "No")
    inside = add(condition, "conditionvar")
    if shows == "general_fb":
        add(inside, "other")
    if score:
        add(condition, "setvar", score, action="Add" if adds else "Set", varname="SCORE")
    if shows:
        add(condition, "displayfeedback", feedbacktype="Response", linkrefid=shows)
    return inside


def _equal(parent: Element, value: str, response: str = "response1") -> None:
    add(parent, "varequal", value, respident=response)


def _material(parent: Element, content: str, form: str = "text/html") -> None:
    add(add(parent, "material"), "mattext", content, texttype=form)
