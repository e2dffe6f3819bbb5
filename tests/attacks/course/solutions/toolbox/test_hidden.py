import pytest
import torch
import torch.nn.functional as F

from autograder.checks import FLOAT32, close, expect, gradients, parts, same, shape, unchanged

CANARY = "@CANARY_SUITE_CONSTANT@"
# @CANARY_SUITE_COMMENT@


@pytest.mark.group("scale")
def test_scale_gives_product(student, reference, draw):
    x, factor = draw.normal(3, 4), draw.integer(5, 9) / 4
    close(student.scale(x, factor), reference.scale(x, factor), FLOAT32, en="the product", fr="le produit")


@pytest.mark.group("scale")
def test_scale_leaves_its_input_alone(student, draw):
    x = draw.normal(2, 5).T
    result = unchanged(student.scale, x, 3.0, en="scale", fr="scale")
    shape(result, (5, 2), en="the product", fr="le produit")


@pytest.mark.group("softmax")
def test_softmax_matches_torch(student, draw):
    x = draw.normal(4, 6, scale=3.0)
    close(student.softmax(x), F.softmax(x, dim=-1), FLOAT32, en="probabilities", fr="les probabilités", picture=True)


@pytest.mark.group("attend")
def test_attend_matches_reference(student, reference, draw):
    q, k, v = draw.normal(3, 8), draw.normal(5, 8), draw.normal(5, 6)
    lent = student.using(softmax=reference.softmax)
    out, weights = parts(lent.attend(q, k, v), 2, en="(out, weights)", fr="(out, weights)")
    close(weights, reference.attend(q, k, v)[1], FLOAT32, en="weights", fr="les poids", picture=True)
    close(out, F.scaled_dot_product_attention(q, k, v), FLOAT32, en="out", fr="out")


@pytest.mark.group("gradients")
def test_gradients_match_reference(student, reference, draw):
    q, k, v, w = draw.normal(3, 4), draw.normal(5, 4), draw.normal(5, 6), draw.normal(3, 6)
    mine = gradients(student.attend, q, k, v, wrt=(0, 2), weights=w)
    theirs = gradients(reference.attend, q, k, v, wrt=(0, 2), weights=w)
    for got, want in zip(mine, theirs, strict=True):
        close(got, want, FLOAT32, en="a gradient", fr="un gradient")


@pytest.mark.group("words")
def test_words_are_counted(student, reference, draw):
    text = " ".join([*(draw.word("abc", 1, 3) for _ in range(30)), "@CANARY_INPUT@"])
    same(student.words(text), reference.words(text), en="the counts", fr="les nombres")
    same(student.words(""), {}, en="no words", fr="aucun mot")


@pytest.mark.group("tally")
def test_tally_remembers(student, draw):
    start, numbers = draw.integer(1, 99), draw.integers(1, 99, 4).tolist()
    tally, other = student.Tally(start), student.Tally(0)
    for number in numbers:
        tally.add(number)
    same(tally.total(), start + sum(numbers), en="the total", fr="le total")
    same(tally.get("seen"), numbers, en="what was seen", fr="ce qui a été vu")
    same(other.total(), 0, en="another tally", fr="un autre compteur")


@pytest.mark.group("repeat")
def test_repeat_takes_every_step(student, draw):
    asked, add, times = [], draw.integer(2, 50), draw.integer(3, 6)

    def step(number):
        asked.append(number)
        return sum(1 for _ in range(number)) + add

    same(student.repeat(step, 1, times), [1 + add * count for count in range(1, times + 1)], en="values", fr="valeurs")
    expect(len(asked) == times, en="the step is taken once a value", fr="le pas est fait une fois par valeur")


@pytest.mark.group("repeat")
def test_repeat_of_a_lent_function(student, reference, draw):
    start = draw.integer(0, 64)
    same(student.repeat(reference.code, start, 1), [reference.code(start)], en="a code", fr="un code")


@pytest.mark.group("code")
def test_codes_match_reference(student, reference):
    same([student.code(number) for number in range(0, 64, 7)], [reference.code(number) for number in range(0, 64, 7)], en="codes", fr="les codes")
