"""The bilingual sentences of the course: right French, gold alignments, the same everywhere."""

from __future__ import annotations

import doctest
import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / "course/data/translation.py"
SPEC = importlib.util.spec_from_file_location("translation", FILE)
translation = importlib.util.module_from_spec(SPEC)
sys.modules["translation"] = translation
SPEC.loader.exec_module(translation)
PAIRS = translation.sentences(4000, seed=1)
VOWELS = tuple("aeiouyéèêîôh")


def test_examples_in_its_docstrings_hold():
    tried = doctest.testmod(translation)
    assert tried.attempted >= 3
    assert tried.failed == 0


def test_sentences_are_the_same_on_every_machine():
    text = "\n".join(f"{pair.english}|{pair.french}" for pair in PAIRS)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "027e06058a1538ff"


def test_pairs_differ_and_another_seed_gives_others():
    assert len(set(PAIRS)) == len(PAIRS) == 4000
    assert translation.sentences(50, seed=2) != translation.sentences(50, seed=1)
    assert translation.sentences(0) == []
    with pytest.raises(ValueError, match="count is -1"):
        translation.sentences(-1)


@pytest.mark.parametrize(
    ("left", "right"),
    [("le", VOWELS), ("la", VOWELS), ("ne", VOWELS), ("je", VOWELS), ("de", VOWELS), ("ce", VOWELS), ("ma", VOWELS)],
)
def test_nothing_stands_unelided_before_a_vowel(left, right):
    seen = [(a, b) for pair in PAIRS for a, b in zip(pair.fr, pair.fr[1:], strict=False) if a == left]
    assert seen
    assert [each for each in seen if each[1].startswith(right)] == []


@pytest.mark.parametrize("elided", ["l'", "n'", "j'", "d'"])
def test_elided_words_stand_before_a_vowel_only(elided):
    after = [b for pair in PAIRS for a, b in zip(pair.fr, pair.fr[1:], strict=False) if a == elided]
    assert after
    assert all(word.startswith(VOWELS) for word in after)


@pytest.mark.parametrize("wrong", ["de le ", "de les ", "un vieux arbre", "un beau homme", "un fleur", "une chien"])
def test_no_sentence_has_a_known_mistake(wrong):
    assert [pair.french for pair in PAIRS if f" {wrong}" in f" {pair.french} "] == []


def test_adjectives_of_colour_follow_the_noun_and_size_precedes_it():
    inverted = {pair.french for pair in PAIRS}
    assert any("chat noir" in text for text in inverted)
    assert not any("noir chat" in text for text in inverted)
    assert any("petit chat" in text for text in inverted)


def test_indefinite_object_of_a_negated_verb_takes_de():
    negated = [pair for pair in PAIRS if "pas" in pair.fr[:-1] and pair.fr[pair.fr.index("pas") + 1] in ("de", "d'")]
    assert negated
    assert {pair.sources(pair.fr[pair.fr.index("pas") + 1])[0] for pair in negated} <= {"a", "an"}
    assert not any("pas un " in pair.french or "pas une " in pair.french for pair in PAIRS)


def test_every_french_word_has_sources_and_every_english_word_is_used():
    for pair in PAIRS:
        assert len(pair.alignment) == len(pair.fr)
        assert all(pair.alignment)
        assert set().union(*pair.alignment) == set(range(len(pair.en)))


def test_words_are_aligned_as_a_dictionary_would():
    known = [noun for noun in translation.NOUNS if noun.fr != noun.frs]  # une souris, des souris
    nouns = {noun.fr: noun.en for noun in known}
    nouns |= {noun.frs or noun.fr + "s": noun.ens or noun.en + "s" for noun in known}
    checked = 0
    for pair in PAIRS:
        for word, sources in zip(pair.fr, pair.alignment, strict=True):
            if word in nouns:
                assert [pair.en[place] for place in sources] == [nouns[word]]
                checked += 1
    assert checked > 4000


def test_a_and_an_agree_with_the_next_word():
    for pair in PAIRS:
        for article, word in zip(pair.en, pair.en[1:], strict=False):
            assert article != "a" or word[0] not in "aeiou"
            assert article != "an" or word[0] in "aeiou"


def test_held_out_pairs_are_not_trained_on():
    train, kept = translation.held_out(PAIRS, every=10)
    assert (len(train), len(kept)) == (3600, 400)
    assert not set(train) & set(kept)


def test_copy_and_reverse_tasks_have_the_same_inputs():
    copied, reversed_ = translation.copy_task(20, 6, 9, seed=4), translation.reverse_task(20, 6, 9, seed=4)
    assert [ids for ids, _ in copied] == [ids for ids, _ in reversed_]
    assert all(target == ids for ids, target in copied)
    assert all(target == ids[::-1] for ids, target in reversed_)
    assert {len(ids) for ids, _ in copied} <= set(range(1, 7))
    assert all(0 <= symbol < 9 for ids, _ in copied for symbol in ids)
