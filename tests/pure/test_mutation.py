from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.pure.mutation import mutants

SOURCE = '''
import torch


def given(x):
    return x + 1


def f(x: torch.Tensor, mask, n: int) -> torch.Tensor:
    """A text that is not code: 1 + 1."""
    if n < 1:
        raise ValueError(f"n is {n + 1}")
    scores = x @ x.transpose(-2, -1) * n
    scores = scores.masked_fill(~mask, 0.0)
    order = sorted([1, 2], key=min)
    rows = x[1 : n]
    copy = list(order)
    return scores.sum(dim=-1)
'''
FIRST, LAST = (SOURCE[: SOURCE.index(text)].count("\n") + 1 for text in ('    """A text', "    return scores"))
LINES = range(FIRST, LAST + 1)


def changes(operator: str) -> list[str]:
    return [each.change for each in mutants(SOURCE, LINES) if each.operator == operator]


def test_ids_name_operator_function_and_number_and_are_the_same_every_time():
    first, second = mutants(SOURCE, LINES), mutants(SOURCE, LINES)
    assert first == second
    assert len({each.id for each in first}) == len(first)
    assert {each.id.split(":")[1] for each in first} == {"f"}
    assert [each.id for each in first if each.operator == "mask"] == ["mask:f:1"]


def test_every_mutant_compiles_and_differs_from_the_source_and_the_others():
    texts = [each.source for each in mutants(SOURCE, LINES)]
    assert len(set(texts)) == len(texts)
    assert ast.unparse(ast.parse(SOURCE)) + "\n" not in texts
    for text in texts:
        compile(text, "mutant", "exec")


def test_only_the_lines_given_are_mutated():
    assert all(each.line in LINES for each in mutants(SOURCE, LINES))
    assert mutants(SOURCE, ()) == []


def test_texts_of_errors_and_docstrings_stay():
    for each in mutants(SOURCE, LINES):
        assert '"""A text that is not code: 1 + 1."""' in each.source
        assert each.operator == "check" or "n + 1" in each.source


@pytest.mark.parametrize(
    ("operator", "change"),
    [
        ("comparison", "n < 1 -> n <= 1"),
        ("check", "raise ValueError(f'n is {n + 1}') -> pass"),
        ("transpose", "x.transpose(-2, -1) -> x"),
        ("transpose", "x @ x.transpose(-2, -1) -> x.transpose(-2, -1) @ x"),
        ("scale", "x @ x.transpose(-2, -1) * n -> x @ x.transpose(-2, -1)"),
        ("mask", "~mask -> mask"),
        ("in-place", "scores.masked_fill(~mask, 0.0) -> scores.masked_fill_(~mask, 0.0)"),
        ("order", "sorted([1, 2], key=min) -> sorted([1, 2])"),
        ("order", "sorted([1, 2], key=min) -> sorted([1, 2], key=min, reverse=True)"),
        ("slice", "1:n -> 1:"),
        ("off-by-one", "1:n -> 1:n - 1"),
        ("copy", "list(order) -> order"),
        ("axis", "scores.sum(dim=-1) -> scores.sum()"),
        ("axis", "scores.sum(dim=-1) -> scores.sum(dim=0)"),
        ("swap", "scores.sum(dim=-1) -> scores.mean(dim=-1)"),
        ("dtype", "return scores.sum(dim=-1) -> return scores.sum(dim=-1).double()"),
        ("detach", "return scores.sum(dim=-1) -> return scores.sum(dim=-1).detach()"),
        ("number", "1 -> 2"),
    ],
)
def test_operator_makes_the_slip(operator: str, change: str):
    assert change in changes(operator)


def test_graph_is_cut_only_where_tensors_are_given():
    source = "import torch\n\n\ndef f(T: int) -> torch.Tensor:\n    return torch.zeros(T).sum()\n"
    assert "detach" not in {each.operator for each in mutants(source, {5})}


def test_long_slip_is_described_around_the_difference():
    source = f"def f(a):\n    return {' + '.join(f'a[{n}]' for n in range(40))}\n"
    assert all(len(each.change) < 160 for each in mutants(source, {2}))


def test_source_that_is_not_python_raises():
    with pytest.raises(SyntaxError):
        mutants("def f(:\n", {1})


@given(st.lists(st.sampled_from(["a + b", "a < b", "not a", "a and b", "[a][0:1]", "-a", "max(a, b)"]), min_size=1))
@settings(max_examples=30, deadline=None)
def test_any_function_gives_mutants_that_are_python(expressions: list[str]):
    source = "def f(a, b):\n" + "".join(f"    a = {each}\n" for each in expressions) + "    return a\n"
    for mutant in mutants(source, range(2, len(expressions) + 3)):
        assert ast.unparse(ast.parse(mutant.source)) + "\n" == mutant.source
