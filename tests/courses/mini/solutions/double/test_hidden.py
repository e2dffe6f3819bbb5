import pytest

from autograder.checks import same, unchanged


@pytest.mark.group("numbers")
def test_numbers_match_reference(student, reference, draw):
    for x in (0, -1, draw.integer(2, 1000)):
        same(student.double(x), reference.double(x), en="twice a number", fr="le double d'un nombre")


@pytest.mark.group("lists")
def test_lists_match_reference_and_stay_unchanged(student, reference, draw):
    items = draw.integers(2, 1000, 4).tolist()
    result = unchanged(student.double, items, en="double of a list", fr="le double d'une liste")
    same(result, reference.double(items), en="double of a list", fr="le double d'une liste")


@pytest.mark.group("lists")
def test_empty_list_gives_empty_list(student):
    same(student.double([]), [], en="double of an empty list", fr="le double d'une liste vide")
