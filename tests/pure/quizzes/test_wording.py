import pytest

from autograder.pure.quizzes.wording import fits, normalised, same_output
from autograder.quiz_types import Accept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("re\u0301seau", "réseau"),
        ("l\u2019attention", "l'attention"),
        ("quoi\u202f?", "quoi ?"),
        ("quoi\u00a0?", "quoi?"),
        ("a \t b", "a b"),
        ("\u200bword\ufeff", "word"),
        ("\u201cword\u201d", '"word"'),
    ],
)
def test_texts_that_read_alike_are_alike(one, other):
    assert normalised(one) == normalised(other)


def test_regex_matches_the_whole_answer_only():
    entry = Accept(regex="self.?attention", ignore_case=True)
    assert fits("Self-attention", entry)
    assert not fits("no self-attention", entry)


def test_case_counts_when_said():
    assert not fits("bert", Accept(("BERT",), ignore_case=False))
    assert fits("bert", Accept(("BERT",)))


def test_endless_answer_fits_nothing():
    assert not fits("a" * 501, Accept(regex="a*"))


def test_accents_count():
    assert not fits("reseau", Accept(("réseau",)))


@pytest.mark.parametrize(
    ("answer", "expected", "same"),
    [
        ("[1,2]", "[1, 2]", True),
        ("tensor([ 1., 2. ])  \r\n", "tensor([1., 2.])", True),
        ("1\n2", "1\n2", True),
        ("1 2", "1\n2", False),
        ("[1, 2]", "[1, 3]", False),
        ("12", "1 2", False),
    ],
)
def test_output_is_compared_but_for_idle_spaces(answer, expected, same):
    assert same_output(answer, expected) is same
