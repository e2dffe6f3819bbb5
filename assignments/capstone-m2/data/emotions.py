"""Sentences that name one of six emotions, from a small grammar, in English or French.

Covers feelings said outright (`i feel happy`), by contrast (`not afraid but angry`: the words are the same as in `not
angry but afraid`, only their order tells), and of somebody else in passing (`my brother is sad , but i am proud`). Does
not cover irony, degrees or meaning beyond the words.

The same seed gives the same sentences on every machine and every version of Python.

>>> sentences(2, seed=5)
[('yesterday i was amazed at home', 'surprise'), ('not tender but lonely : this is how i was near the sea', 'sadness')]
"""

from __future__ import annotations

import random
from collections.abc import Sequence

EMOTIONS = ("sadness", "joy", "love", "anger", "fear", "surprise")
_WORDS = {
    "en": {
        "sadness": ("sad", "unhappy", "lonely", "hopeless"),
        "joy": ("happy", "cheerful", "glad", "proud"),
        "love": ("tender", "loving", "fond", "caring"),
        "anger": ("angry", "furious", "bitter", "annoyed"),
        "fear": ("afraid", "scared", "nervous", "anxious"),
        "surprise": ("surprised", "amazed", "astonished", "startled"),
    },
    "fr": {
        "sadness": ("triste", "malheureux", "seul", "abattu"),
        "joy": ("heureux", "gai", "content", "fier"),
        "love": ("tendre", "aimant", "attaché", "amoureux"),
        "anger": ("fâché", "furieux", "amer", "irrité"),
        "fear": ("effrayé", "inquiet", "nerveux", "anxieux"),
        "surprise": ("surpris", "étonné", "stupéfait", "ébahi"),
    },
}
_FORMS = {
    "en": (
        "i am {is_} {place}",
        "{day} i was {is_} {place}",
        "i was {not_} and now i am {is_}",
        "i am not {not_} but {is_} {place}",
        "not {not_} but {is_} : this is how i was {place}",
        "{who} is {not_} , but i am {is_} {place}",
        "i am {is_} while {who} is {not_}",
    ),
    "fr": (
        "je suis {is_} {place}",
        "{day} j' étais {is_} {place}",
        "j' étais {not_} et maintenant je suis {is_}",
        "je ne suis pas {not_} mais {is_} {place}",
        "pas {not_} mais {is_} : voilà comment j' étais {place}",
        "{who} est {not_} , mais je suis {is_} {place}",
        "je suis {is_} alors que {who} est {not_}",
    ),
}
_PLACES = {
    "en": ("at home", "near the sea", "in the garden", "at school", "in the street", "with you"),
    "fr": ("à la maison", "près de la mer", "dans le jardin", "à l' école", "dans la rue", "avec toi"),
}
_DAYS = {
    "en": ("yesterday", "this morning", "last night", "on sunday"),
    "fr": ("hier", "ce matin", "hier soir", "dimanche"),
}
_PEOPLE = {
    "en": ("my brother", "the doctor", "her father", "the teacher"),
    "fr": ("mon frère", "le médecin", "son père", "le professeur"),
}


def sentences(count: int, seed: int, language: str = "en") -> list[tuple[str, str]]:
    """`count` pairs of a sentence, in words between spaces, and its emotion; every emotion comes as often as another.

    Raises ValueError for a language other than "en" and "fr".
    """
    if language not in _WORDS:
        raise ValueError(f"language is {language!r}: 'en' or 'fr'")
    rng = random.Random(seed)  # noqa: S311 - sentences, not secrets
    labels = [EMOTIONS[number % len(EMOTIONS)] for number in range(count)]
    labels.sort(key=lambda _: rng.random())
    return [(_sentence(label, language, rng), label) for label in labels]


def _sentence(emotion: str, language: str, rng: random.Random) -> str:
    other = _pick([each for each in EMOTIONS if each != emotion], rng)
    words = _WORDS[language]
    return _pick(_FORMS[language], rng).format(
        is_=_pick(words[emotion], rng),
        not_=_pick(words[other], rng),
        place=_pick(_PLACES[language], rng),
        day=_pick(_DAYS[language], rng),
        who=_pick(_PEOPLE[language], rng),
    )


def _pick(values: Sequence[str], rng: random.Random) -> str:
    """One of them; `rng.random` alone gives the same stream in every version of Python."""
    return values[int(rng.random() * len(values))]


def vocabulary(texts: Sequence[str]) -> dict[str, int]:
    """Word to id, in order of the alphabet, after `<pad>` (0) and `<unk>` (1)."""
    words = sorted({word for text in texts for word in text.split()})
    return {word: number for number, word in enumerate(["<pad>", "<unk>", *words])}
