"""Every quiz in every format: valid by its schema, and read back as it was written."""

from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from autograder.adapters.quizzes.exchange import bank as exchange
from autograder.adapters.quizzes.exchange.fit import bank_of
from autograder.adapters.quizzes.exchange.formats import FORMATS
from autograder.adapters.quizzes.load import load_quiz, quiz_files

ROOT = Path(__file__).parents[4]
SCHEMAS = Path(exchange.__file__).parent / "schemas"
FOLDERS = ("quizzes", "tests/quizzes/valid", "tests/quizzes/exchange")
QUIZZES = [file for folder in FOLDERS for file in quiz_files(ROOT / folder)]
SECRET = b"a secret of the tests"


loaded = cache(load_quiz)


@cache
def schema(name):
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))


def documents(file):
    """The XML documents of an export with the schema of each."""
    if file.suffix == ".xml":
        yield "moodle", file.read_bytes()
    if file.suffix == ".zip":
        with ZipFile(file) as package:
            for name in package.namelist():
                if name.endswith(".xml"):
                    yield kind_of(Path(name), file.suffixes[-2]), package.read(name)


def kind_of(member, form):
    if member.stem in ("imsmanifest", "assessment_meta"):
        return f"{form[1:]}_{member.stem}"
    if form == ".qti12":
        return "qti12_assessment"
    return "qti3_items" if member.parent.name == "items" else "qti3_test"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("file", QUIZZES, ids=lambda file: file.stem)
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_is_valid_and_reads_back_the_same(name, file, language, tmp_path):
    form = FORMATS[name]
    bank, _ = bank_of(loaded(file), language, form.able, SECRET, 3)
    written = form.write(bank, tmp_path)
    for kind, content in documents(written):
        rules = schema(kind)
        assert rules.validate(etree.fromstring(content)), rules.error_log
    again, lost = form.read(written)
    assert lost == ()
    assert again.items == bank.items
    assert again == bank
