"""English-French sentences from a small grammar, each with its gold word alignment; and two toy tasks.

Covers noun phrases with adjectives before or after the noun (`black cat` / `chat noir`), agreement in gender and
number, elision (`l'arbre`, `d'un`, `n'aime`, `j'entends`), contraction (`du`, `des`), and negation (`ne … pas`, with
`de` for an indefinite object). Does not cover tenses, questions or meaning: a house may sleep near an island.

The same seed gives the same sentences on every machine and every version of Python.

>>> pair = sentences(1, seed=3)[0]
>>> pair.english
'a man does not know the beautiful flowers'
>>> pair.french
'un homme ne connaît pas les belles fleurs'
>>> pair.sources("pas")
('not',)
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
VOWELS = "aeiouyéèêîôhAEIOUY"  # every h of this vocabulary is mute


@dataclass(frozen=True)
class Pair:
    """A sentence in both languages, in words. `alignment[j]` holds the places in `en` that `fr[j]` translates."""

    en: tuple[str, ...]
    fr: tuple[str, ...]
    alignment: tuple[frozenset[int], ...]

    @property
    def english(self) -> str:
        return " ".join(self.en)

    @property
    def french(self) -> str:
        return joined(self.fr)

    def sources(self, word: str) -> tuple[str, ...]:
        """The English words behind a French word's first occurrence. Raises ValueError if it is not there."""
        return tuple(self.en[place] for place in sorted(self.alignment[self.fr.index(word)]))


@dataclass(frozen=True)
class Noun:
    en: str
    fr: str
    gender: str  # "m" or "f"
    ens: str = ""  # plural in English, where it is not en + s
    frs: str = ""  # plural in French, where it is not fr + s


@dataclass(frozen=True)
class Adjective:
    en: str
    fr: tuple[str, str, str, str]  # masculine, feminine, and their plurals
    before: bool = False  # stands before the noun in French
    liaison: str = ""  # masculine singular before a vowel, where it differs: un vieil arbre


@dataclass(frozen=True)
class Verb:
    en: tuple[str, str]  # with I, we, they; with he, she
    fr: tuple[str, str, str, str]  # je, il, nous, ils


NOUNS = (
    Noun("dog", "chien", "m"),
    Noun("cat", "chat", "m"),
    Noun("bird", "oiseau", "m", frs="oiseaux"),
    Noun("owl", "chouette", "f"),
    Noun("mouse", "souris", "f", "mice", "souris"),
    Noun("horse", "cheval", "m", frs="chevaux"),
    Noun("girl", "fille", "f"),
    Noun("boy", "garçon", "m"),
    Noun("child", "enfant", "m", "children"),
    Noun("queen", "reine", "f"),
    Noun("king", "roi", "m"),
    Noun("man", "homme", "m", "men"),
    Noun("tree", "arbre", "m"),
    Noun("house", "maison", "f"),
    Noun("book", "livre", "m"),
    Noun("star", "étoile", "f"),
    Noun("island", "île", "f"),
    Noun("flower", "fleur", "f"),
    Noun("garden", "jardin", "m"),
    Noun("hotel", "hôtel", "m"),
    Noun("boat", "bateau", "m", frs="bateaux"),
)
ADJECTIVES = (
    Adjective("small", ("petit", "petite", "petits", "petites"), before=True),
    Adjective("big", ("grand", "grande", "grands", "grandes"), before=True),
    Adjective("young", ("jeune", "jeune", "jeunes", "jeunes"), before=True),
    Adjective("old", ("vieux", "vieille", "vieux", "vieilles"), before=True, liaison="vieil"),
    Adjective("beautiful", ("beau", "belle", "beaux", "belles"), before=True, liaison="bel"),
    Adjective("black", ("noir", "noire", "noirs", "noires")),
    Adjective("white", ("blanc", "blanche", "blancs", "blanches")),
    Adjective("red", ("rouge", "rouge", "rouges", "rouges")),
    Adjective("green", ("vert", "verte", "verts", "vertes")),
    Adjective("calm", ("calme", "calme", "calmes", "calmes")),
    Adjective("happy", ("heureux", "heureuse", "heureux", "heureuses")),
    Adjective("strange", ("étrange", "étrange", "étranges", "étranges")),
)
TRANSITIVE = (
    Verb(("see", "sees"), ("vois", "voit", "voyons", "voient")),
    Verb(("like", "likes"), ("aime", "aime", "aimons", "aiment")),
    Verb(("hear", "hears"), ("entends", "entend", "entendons", "entendent")),
    Verb(("draw", "draws"), ("dessine", "dessine", "dessinons", "dessinent")),
    Verb(("look for", "looks for"), ("cherche", "cherche", "cherchons", "cherchent")),
    Verb(("know", "knows"), ("connais", "connaît", "connaissons", "connaissent")),
)
INTRANSITIVE = (
    Verb(("sleep", "sleeps"), ("dors", "dort", "dormons", "dorment")),
    Verb(("run", "runs"), ("cours", "court", "courons", "courent")),
    Verb(("sing", "sings"), ("chante", "chante", "chantons", "chantent")),
    Verb(("arrive", "arrives"), ("arrive", "arrive", "arrivons", "arrivent")),
)
BE = {"je": ("am", "suis"), "il": ("is", "est"), "nous": ("are", "sommes"), "ils": ("are", "sont")}
PERSONS = ("je", "il", "nous", "ils")
PLACES = {"in": ("dans",), "under": ("sous",), "behind": ("derrière",), "near": ("près", "de")}


def joined(words: Sequence[str]) -> str:
    """French words as a sentence. `("l'", "arbre") -> "l'arbre"`"""
    return " ".join(words).replace("' ", "'")


def sentences(count: int, seed: int = 0) -> list[Pair]:
    """`count` pairs, all different. Raises ValueError when `count` is negative."""
    if count < 0:
        raise ValueError(f"count is {count}, it must be at least 0")
    draw = _Draw(seed)
    found: dict[Pair, None] = {}
    while len(found) < count:
        phrase = _sentence(draw)
        pair = Pair(phrase.en, tuple(word for word, _ in phrase.fr), tuple(sources for _, sources in phrase.fr))
        found.setdefault(pair)
    return list(found)


def held_out(pairs: Sequence[Pair], every: int = 10) -> tuple[list[Pair], list[Pair]]:
    """Pairs to train on, and every `every`-th kept aside to test on. `held_out([a, b, c, d], 2) -> ([b, d], [a, c])`"""
    return [pair for place, pair in enumerate(pairs) if place % every], list(pairs[::every])


def copy_task(count: int, length: int, symbols: int, seed: int = 0) -> list[tuple[list[int], list[int]]]:
    """`count` sequences of 1 to `length` ids in [0, symbols), each with itself: an encoder-decoder's first task."""
    draw = _Draw(seed)
    made = [[draw.below(symbols) for _ in range(1 + draw.below(length))] for _ in range(count)]
    return [(ids, list(ids)) for ids in made]


def reverse_task(count: int, length: int, symbols: int, seed: int = 0) -> list[tuple[list[int], list[int]]]:
    """As `copy_task`, each with itself read backwards: the first symbol to write is the last that was read."""
    return [(ids, target[::-1]) for ids, target in copy_task(count, length, symbols, seed)]


class _Draw:
    """Random choices that are the same on every version of Python: only `random()` is promised to be."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - sentences, not secrets

    def below(self, n: int) -> int:
        return int(self._random.random() * n)

    def one(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent


Words = tuple[tuple[str, frozenset[int]], ...]  # French words, each with the English places it translates


@dataclass(frozen=True)
class _Phrase:
    """A piece of both sentences; `gender` and `plural` are what agrees with it."""

    en: tuple[str, ...]
    fr: Words
    gender: str = "m"
    plural: bool = False

    def then(self, other: _Phrase) -> _Phrase:
        """This and then the other; the other's places move by what stands before it."""
        by = len(self.en)
        moved = tuple((word, frozenset(place + by for place in sources)) for word, sources in other.fr)
        return _Phrase(self.en + other.en, self.fr + moved, self.gender, self.plural)


def _sentence(draw: _Draw) -> _Phrase:
    """A subject, and what it does, is, or does to something."""
    subject, person = _subject(draw)
    negated = draw.chance(30)
    kind = draw.below(10)
    if kind < 5:
        object_ = _noun_phrase(draw, negated)
        rest = _verb(draw.one(TRANSITIVE), person, negated).then(object_)
    elif kind < 8:
        rest = _verb(draw.one(INTRANSITIVE), person, negated)
        rest = rest.then(_place(draw)) if draw.chance(60) else rest
    else:
        adjective = draw.one(ADJECTIVES)
        word = adjective.fr[2 * subject.plural + (subject.gender == "f")]
        rest = _be(person, negated).then(_Phrase((adjective.en,), ((word, frozenset({0})),)))
    if subject.fr[0][0] == "je" and rest.fr[0][0][0] in VOWELS:
        subject = _Phrase(subject.en, (("j'", frozenset({0})),))
    return subject.then(rest)


def _subject(draw: _Draw) -> tuple[_Phrase, str]:
    """A pronoun or a noun phrase, and the person its verb takes."""
    if draw.chance(70):
        phrase = _noun_phrase(draw)
        return phrase, "ils" if phrase.plural else "il"
    en, fr, gender, person = draw.one(
        (
            ("I", "je", "m", "je"),
            ("he", "il", "m", "il"),
            ("she", "elle", "f", "il"),
            ("we", "nous", "m", "nous"),
            ("they", "ils", "m", "ils"),
        )
    )
    return _Phrase((en,), ((fr, frozenset({0})),), gender, person in ("nous", "ils")), person


def _noun_phrase(draw: _Draw, negated: bool = False) -> _Phrase:
    """A determiner, none to two adjectives and a noun; `negated`: the object of a negated verb."""
    noun = draw.one(NOUNS)
    determiner = draw.one(("the", "the", "the s", "a", "a", "this", "these", "my", "my s", "two", "three"))
    plural = determiner in ("the s", "these", "my s", "two", "three")
    before = draw.one([each for each in ADJECTIVES if each.before]) if draw.chance(25) else None
    after = draw.one([each for each in ADJECTIVES if not each.before]) if draw.chance(35) else None
    adjectives = [each for each in (before, after) if each]
    head = (noun.ens or noun.en + "s") if plural else noun.en
    en = (*(each.en for each in adjectives), head)
    article = "an" if determiner == "a" and en[0][0] in "aeiou" else determiner.removesuffix(" s")

    french = (noun.frs or noun.fr + "s") if plural else noun.fr
    words: Words = ((french, frozenset({len(en)})),)
    form = 2 * plural + (noun.gender == "f")
    if before:
        smooth = before.liaison and form == 0 and french[0] in VOWELS
        words = ((before.liaison if smooth else before.fr[form], frozenset({1})), *words)
    if after:
        words = (*words, (after.fr[form], frozenset({len(adjectives)})))
    first = _determiner(determiner, noun.gender, words[0][0][0] in VOWELS, negated)
    return _Phrase((article, *en), ((first, frozenset({0})), *words), noun.gender, plural)


def _determiner(en: str, gender: str, vowel: bool, negated: bool) -> str:
    """The French determiner before a word that starts with a vowel, or not."""
    match en:
        case "the":
            return "l'" if vowel else "le" if gender == "m" else "la"
        case "a" if negated:
            return "d'" if vowel else "de"
        case "a":
            return "un" if gender == "m" else "une"
        case "this":
            return "cette" if gender == "f" else "cet" if vowel else "ce"
        case "my":
            return "mon" if gender == "m" or vowel else "ma"
    return {"the s": "les", "these": "ces", "my s": "mes", "two": "deux", "three": "trois"}[en]


def _verb(verb: Verb, person: str, negated: bool) -> _Phrase:
    """A verb in the present: `see`, `sees`, `do not see`, `does not see`."""
    third = person == "il"
    form = verb.fr[PERSONS.index(person)]
    if not negated:
        en = tuple(verb.en[third].split())
        return _Phrase(en, ((form, frozenset(range(len(en)))),))
    bare = verb.en[0].split()
    en = ("does" if third else "do", "not", *bare)
    return _Phrase(en, _negation(form, frozenset(range(2, len(en))), frozenset({0, 1}), 1))


def _be(person: str, negated: bool) -> _Phrase:
    en, form = BE[person]
    if not negated:
        return _Phrase((en,), ((form, frozenset({0})),))
    return _Phrase((en, "not"), _negation(form, frozenset({0}), frozenset({1}), 1))


def _negation(form: str, verb: frozenset[int], ne: frozenset[int], no: int) -> Words:
    """`ne … pas` around a verb: `ne` stands for the places of `ne`, `pas` for that of `not`."""
    return (("n'" if form[0] in VOWELS else "ne", ne), (form, verb), ("pas", frozenset({no})))


def _place(draw: _Draw) -> _Phrase:
    """Where: `in the garden`. `près de` contracts: `près du jardin`, `près d'un arbre`."""
    en = draw.one(tuple(PLACES))
    fr: Words = tuple((word, frozenset({0})) for word in PLACES[en])
    phrase = _Phrase((en,), fr).then(_noun_phrase(draw))
    if fr[-1][0] != "de":
        return phrase
    (place, of), (first, sources), *rest = phrase.fr[0], phrase.fr[2], *phrase.fr[3:]
    if first in ("le", "les"):
        words: Words = ((place, of), ("du" if first == "le" else "des", of | sources), *rest)
    else:
        words = ((place, of), ("d'" if first[0] in VOWELS else "de", of), (first, sources), *rest)
    return _Phrase(phrase.en, words)
