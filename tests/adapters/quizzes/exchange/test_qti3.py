"""QTI 3.0 as other programs write it, and formulas that keep their LaTeX."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from autograder.adapters.quizzes.exchange import bank as exchange
from autograder.adapters.quizzes.exchange.bank import (
    Bank,
    Gaps,
    Item,
    Loss,
    Numbers,
    Open,
    Option,
    Ordering,
    Pairs,
    Pick,
    Settings,
    Spot,
    Spots,
    TrueFalse,
    Value,
    Word,
    Words,
)
from autograder.adapters.quizzes.exchange.qti3 import write
from autograder.adapters.quizzes.exchange.qti3_read import read

SPACE = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
MANIFEST = """<manifest><resources>
<resource identifier="t" type="imsqti_test_xmlv3p0" href="tests/test.xml"/></resources></manifest>"""
TEST = f"""<qti-assessment-test {SPACE} identifier="T1" title="A test" xml:lang="fr-FR">
<qti-test-part identifier="p"><qti-assessment-section identifier="s" title="S"><qti-ordering shuffle="true"/>
<qti-assessment-item-ref identifier="one" href="../items/one.xml"/></qti-assessment-section></qti-test-part>
</qti-assessment-test>"""
SVG = '<svg viewBox="10 20 100 50"><rect/></svg>'


def package(folder, declarations, body):
    item = (
        f'<qti-assessment-item {SPACE} identifier="One-1" title="x">{declarations}'
        f"<qti-item-body>{body}</qti-item-body></qti-assessment-item>"
    )
    file = folder / "quiz.zip"
    with zipfile.ZipFile(file, "w") as made:
        for name, content in (
            ("imsmanifest.xml", MANIFEST),
            ("tests/test.xml", TEST),
            ("items/one.xml", item),
            ("figures/a.svg", SVG),
        ):
            made.writestr(name, content)
    return file


def declared(values, cardinality="single", kind="identifier", mapping="", name="RESPONSE"):
    key = "".join(f"<qti-value>{value}</qti-value>" for value in values)
    return (
        f'<qti-response-declaration identifier="{name}" cardinality="{cardinality}" base-type="{kind}">'
        f"<qti-correct-response>{key}</qti-correct-response>{mapping}</qti-response-declaration>"
    )


def entries(**shares):
    inside = "".join(f'<qti-map-entry map-key="{key}" mapped-value="{share}"/>' for key, share in shares.items())
    return f'<qti-mapping default-value="0">{inside}</qti-mapping>'


def choices(tag, **texts):
    return "".join(f'<{tag} identifier="{name}">{text}</{tag}>' for name, text in texts.items())


ASKS = 'response-identifier="RESPONSE"'
AB = choices("qti-simple-choice", A="a <em>x</em>", B="b")
PICK = f"<p>Why?</p><qti-choice-interaction {ASKS} max-choices='0'>{AB}</qti-choice-interaction>"
LINE = f"<p>Say <qti-text-entry-interaction {ASKS}/>.</p>"
TRUE_FALSE = choices("qti-simple-choice", true="T", false="F")
CASES = [
    (declared(["A"]), f"<qti-choice-interaction {ASKS}><qti-prompt>Why?</qti-prompt>{AB}</qti-choice-interaction>",
     "<p>Why?</p>", Pick((Option("a <em>x</em>", 1.0, id="a"), Option("b", 0.0, id="b")))),
    (declared(["A"], "multiple"), PICK,
     "<p>Why?</p>", Pick((Option("a <em>x</em>", 1.0, id="a"), Option("b", -1.0, id="b")), True, True)),
    (declared(["A"], "multiple", mapping=entries(A=1, B=-0.5)),
     PICK,
     "<p>Why?</p>", Pick((Option("a <em>x</em>", 1.0, id="a"), Option("b", -0.5, id="b")), True)),
    (declared(["false"]), f"<p>Why?</p><qti-choice-interaction {ASKS}>{TRUE_FALSE}</qti-choice-interaction>",
     "<p>Why?</p>", TrueFalse(False)),
    (declared(["B", "A"], "ordered"), f"<p>Why?</p><qti-order-interaction {ASKS}>{AB}</qti-order-interaction>",
     "<p>Why?</p>", Ordering(("b", "a <em>x</em>"))),
    (declared(["York"], kind="string", mapping=entries(York=1, york=0.5)),
     LINE, "<p>Say _____.</p>", Words((Word("York"), Word("york", 0.5)))),
    (declared(["4.5"], kind="float"), LINE, "<p>Say _____.</p>",
     Numbers((Value(4.5),))),
    (declared(["A"], name="R1") + declared(["x"], kind="string", name="R2"),
     '<p>I <qti-inline-choice-interaction response-identifier="R1">' + choices("qti-inline-choice", A="a", B="b")
     + '</qti-inline-choice-interaction> and <qti-text-entry-interaction response-identifier="R2"/>.</p>',
     "<p>I {{R1}} and {{R2}}.</p>",
     Gaps((("R1", Pick((Option("a", 1.0, id="a"), Option("b", 0.0, id="b")))), ("R2", Words((Word("x"),)))))),
    (declared(["C R", "D M"], "multiple", "directedPair"),
     f"<p>Why?</p><qti-match-interaction {ASKS}><qti-simple-match-set>"
     + choices("qti-simple-associable-choice", C="c", D="d") + "</qti-simple-match-set><qti-simple-match-set>"
     + choices("qti-simple-associable-choice", M="m", R="r", T="t") + "</qti-simple-match-set></qti-match-interaction>",
     "<p>Why?</p>", Pairs((("c", "r"), ("d", "m")), ("t",))),
    (declared(["H"]),
     f"<p>Where?</p><qti-hotspot-interaction {ASKS} max-choices='1'><img src='../figures/a.svg' alt='A map'/>"
     "<qti-hotspot-choice identifier='H' shape='circle' coords='5,6,4'/>"
     "<qti-hotspot-choice identifier='I' shape='rect' coords='1,2,3,4'/></qti-hotspot-interaction>", "<p>Where?</p>",
     Spots((Spot("h", "H", (11.0, 22.0, 8.0, 8.0), 1.0), Spot("i", "I", (11.0, 22.0, 2.0, 2.0), 0.0)))),
    ("", f"<p>Write.</p><qti-extended-text-interaction {ASKS}/>", "<p>Write.</p>", Open()),
]  # fmt: skip


@pytest.mark.parametrize(("declarations", "inside", "asked", "body"), CASES)
def test_item_as_others_write_it_is_read(declarations, inside, asked, body, tmp_path):
    bank, lost = read(package(tmp_path, declarations, inside))
    assert lost == ()
    assert (bank.items[0].text, bank.items[0].body, bank.items[0].id) == (asked, body, "one-1")


def test_settings_and_language_of_a_test_are_read(tmp_path):
    bank, _ = read(package(tmp_path, "", f"<qti-extended-text-interaction {ASKS}/>"))
    assert (bank.id, bank.title, bank.language) == ("t1", "A test", "fr")
    assert bank.settings == Settings("graded", 1, shuffle_questions=True)


def test_other_interactions_are_told(tmp_path):
    bank, lost = read(package(tmp_path, "", f"<qti-drawing-interaction {ASKS}/>"))
    assert (bank.items, lost) == ((), (Loss("one-1", "lost", "items with qti-drawing-interaction are not read"),))


def test_formulas_are_mathml_that_keeps_its_latex(tmp_path):
    item = Item("q", "Is \\(x_{1} &lt; \\frac{a}{b}\\)?", TrueFalse(True))
    file = write(Bank("b", "B", "en", (item,)), tmp_path)
    with zipfile.ZipFile(file) as made:
        content = made.read("items/q.xml").decode()
    assert "http://www.w3.org/1998/Math/MathML" in content and "mfrac" in content
    assert read(file)[0].items == (item,)


def test_schema_refuses_what_is_not_of_the_format(tmp_path):
    file = write(Bank("b", "B", "en", (Item("q", "Why?", Open()),)), tmp_path)
    schema = etree.RelaxNG(etree.parse(Path(exchange.__file__).parent / "schemas/qti3_items.rng"))
    with zipfile.ZipFile(file) as made:
        good = made.read("items/q.xml")
    assert schema.validate(etree.fromstring(good))
    for old, new in ((b"<div ", b"<section "), (b'base-type="float"', b'base-type="double"'), (b'identifier="q"', b"")):
        bad = good.replace(old, new, 1).replace(b"</div>", b"</section>" if new == b"<section " else b"</div>")
        assert bad != good and not schema.validate(etree.fromstring(bad))
