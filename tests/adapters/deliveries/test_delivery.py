from __future__ import annotations

import pytest

from autograder.adapters.deliveries.delivery import plain_name, slug_of

SLUGS = ["double", "attention"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("double.py", "double.py"),
        ("double-1.py", "double.py"),
        ("double (2).ipynb", "double.ipynb"),
        ("double.fr-3.ipynb", "double.fr.ipynb"),
        ("double-1.fr.ipynb", "double.fr.ipynb"),
        ("treble-1.py", "treble-1.py"),
        ("double-1.txt", "double-1.txt"),
    ],
)
def test_count_that_a_system_added_is_left_out_of_the_names_of_work(name, plain):
    assert plain_name(name, SLUGS) == plain


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (["double-1.py", "notes.txt"], "double"),
        (["double.fr.ipynb", "double.py"], "double"),
        (["double.py", "attention.py"], ""),
        (["homework.py"], ""),
        ([], ""),
    ],
)
def test_assignment_is_known_only_where_one_fits(names, slug):
    assert slug_of(names, SLUGS) == slug
