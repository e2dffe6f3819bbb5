"""What a check group is made of: changing anything else leaves it alone, changing any of it does not."""

from __future__ import annotations

import ast

import pytest

from autograder.pure.suite_parts import in_order, noticing, parts, redefined

SUITE = '''"""A hidden suite."""
import math
import torch
from autograder.checks import close, same

torch.set_default_dtype(torch.float32)
WIDTH = 4
NARROW, WIDE = 1, 10
TOLERANCE = close(WIDTH)


def corpus(draw):
    return [draw.word("ab", 1, WIDE)]


@pytest.fixture
def sentences(draw):
    return corpus(draw)


@pytest.fixture(autouse=True)
def settled():
    torch.manual_seed(0)


@pytest.mark.group("shapes")
def test_shape(student):
    same(student.f(WIDTH), math.pi)


@pytest.mark.group("core")
@pytest.mark.parametrize("n", [NARROW, 2])
def test_core(student, sentences, n):
    close(student.f(sentences[:n]), TOLERANCE)


@pytest.mark.group("edges")
@pytest.mark.usefixtures("sentences")
def test_empty(student):
    same(student.f([]), 0)
'''


def _changed(old: str, new: str) -> set[str]:
    """The groups whose part changes with a replacement in the suite."""
    assert old in SUITE
    before, after = (parts(text, ["shapes", "core", "edges"]) for text in (SUITE, SUITE.replace(old, new)))
    return {group for group in before if before[group] != after[group]}


@pytest.mark.parametrize(
    ("old", "new", "groups"),
    [
        ("math.pi", "math.e", {"shapes"}),
        ("student.f([]), 0", "student.f([]), 1", {"edges"}),
        ("[NARROW, 2]", "[NARROW, 3]", {"core"}),
        ("NARROW, WIDE = 1, 10", "NARROW, WIDE = 1, 20", {"core", "edges"}),
        ('draw.word("ab"', 'draw.word("abc"', {"core", "edges"}),
        ("return corpus(draw)", "return corpus(draw)[::-1]", {"core", "edges"}),
        ("WIDTH = 4", "WIDTH = 5", {"shapes", "core"}),
        ("manual_seed(0)", "manual_seed(1)", {"shapes", "core", "edges"}),
        ("torch.float32", "torch.float64", {"shapes", "core", "edges"}),
        ("import math", "import cmath as math", {"shapes"}),
        ('"""A hidden suite."""', '"""Another text."""', set()),
        ("\n\n\ndef corpus", "  # four\n\n\n\n\ndef corpus", set()),
    ],
)
def test_only_groups_that_can_depend_on_a_change_change(old, new, groups):
    assert _changed(old, new) == groups


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('@pytest.mark.group("edges")\n', ""),
        ('group("edges")', "group(EDGES)"),
        ('group("edges")', 'group("others")'),
        ("def test_empty(student):\n    same", "class TestMore:\n  def test_empty(self, student):\n    same"),
    ],
)
def test_group_that_cannot_be_told_makes_every_group_the_whole_file(old, new):
    text = SUITE.replace(old, new).replace('@pytest.mark.usefixtures("sentences")\nclass', "class")
    if "class TestMore" in text:
        text = text.replace('@pytest.mark.group("edges")\n', "")
    found = parts(text, ["shapes", "core", "edges"])
    whole = ast.unparse(ast.parse(text))
    assert set(found.values()) == {whole}


def test_class_of_tests_belongs_to_every_group_in_it():
    text = """
class TestBoth:
    @pytest.mark.group("a")
    def test_one(self, student):
        student.f(A)

    @pytest.mark.group("b")
    def test_two(self, student):
        student.f(1)

A = 1
"""
    found = parts(text, ["a", "b", "c"])
    assert "test_one" in found["a"] and "A = 1" in found["b"] and found["c"] == ""


def test_assignment_to_part_of_something_and_marks_of_the_module_belong_to_all():
    found = parts("import torch\nX = [1]\nX[0] = 2\npytestmark = 3\ntorch.x = 1\n", ["a"])
    assert "X[0] = 2" in found["a"] and "X = [1]" in found["a"] and "pytestmark" in found["a"]


LENDING = """
def lent(student, reference):
    return student.using(softmax=reference.softmax)

def test_attention(student, reference):
    lent(student, reference).attend(1)

def test_softmax(student, reference):
    same(student.softmax(1), reference.softmax(1))

def test_both(student, reference):
    lent(student, reference).attend(student.softmax(2))

def test_mask(student, reference):
    student.using(attend=reference.attend).mask(reference.softmax(1))
"""


def test_tests_that_lend_a_function_come_after_those_that_ask_for_it_else_in_the_order_of_the_file():
    assert in_order(LENDING, ["softmax", "attend", "mask"]) == [
        "test_softmax",
        "test_attention",
        "test_both",
        "test_mask",
    ]


def test_order_without_a_way_out_is_that_of_the_file():
    circle = """
def test_one(student, reference):
    student.using(f=reference.f).g(1)

def test_two(student, reference):
    student.using(g=reference.g).f(1)

class TestMore:
    def test_three(self, student):
        student.g(1)
"""
    assert in_order(circle, ["f", "g"]) == ["TestMore", "test_one", "test_two"]


WORK = """
import torch
from torch import nn

SCALE = 2

def scale(x):
    return x * SCALE

def softmax(x):
    return scale(x)

def attend(x):
    return softmax(x)

class Layer(nn.Module):
    def forward(self, x):
        return x
"""

ASKING = """
KINDS = ["scale", "Layer"]

def look(work, name):
    return getattr(work, name)

def test_scale(student, reference):
    same(student.scale(1), reference.scale(1))

def test_softmax(student, reference):
    same(student.softmax(1), reference.attend(1))

def test_attend(student, reference):
    same(student.using(softmax=reference.softmax).attend(1), reference.attend(1))

@pytest.mark.parametrize("name", KINDS)
def test_by_name(student, name):
    look(student, name)

def test_layer(student):
    student.Layer()

def test_of_nothing(reference):
    pass
"""

REQUIRED = ("scale", "softmax", "attend", "Layer")
ALL = {"test_scale", "test_softmax", "test_attend", "test_by_name", "test_layer", "test_of_nothing"}


@pytest.mark.parametrize(
    ("work", "changed", "tests"),
    [
        (WORK, {"attend"}, {"test_attend", "test_of_nothing"}),
        (WORK, {"softmax"}, {"test_softmax", "test_attend", "test_of_nothing"}),
        (WORK, {"scale"}, ALL - {"test_layer"}),
        (WORK, {"SCALE"}, ALL - {"test_layer"}),
        (WORK, {"Layer"}, {"test_by_name", "test_layer", "test_of_nothing"}),
        (WORK, set(), {"test_of_nothing"}),
        (WORK + "\nprint(scale(1))\n", {"scale"}, ALL),
        (WORK.replace("class Layer", "class Other"), {"attend"}, ALL - {"test_scale", "test_softmax"}),
        (WORK + "\ndef attend(x):\n    return x\n", {"attend"}, {"test_attend", "test_of_nothing"}),
    ],
)
def test_change_is_noticed_by_tests_that_ask_for_what_mentions_it(work, changed, tests):
    assert noticing(ASKING, REQUIRED, work, frozenset(changed)) == tests


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('"""A slip."""\nimport torch\n\ndef f(x):\n    return x\n\nC = 1\n', {"f", "C"}),
        ("class A:\n    pass\n", {"A"}),
        ("def f(x):\n    return x\n\nf.cache = {}\n", None),
        ("print(1)\n", None),
    ],
)
def test_what_code_redefines_is_known_unless_it_does_more(source, names):
    assert redefined(source) == names
