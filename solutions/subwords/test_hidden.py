"""Hidden suite of WordPiece and unigram.

Covers the names of pieces, the score of a pair, the longest match with its unknown words, and the most probable split
with its ties and dead ends. Independent oracles: HF's `tokenizers` (the WordPiece and Unigram models with a given
vocabulary, and the WordPiece decoder for names), exact fractions for scores, and all 2^(n-1) splits of a short word.
Does not cover learning a whole vocabulary, nor cutting a text into words.
"""

import math
from collections import Counter
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from tokenizers import Tokenizer, decoders, models

from autograder.checks import FLOAT64, close, expect, parts, same, unchanged

LETTERS = "abcdefghijklmnopqrstuvwxyzéèçœ"
INF = math.inf
MARGIN = 0.05  # between the best split and the next, where ties are not the subject


def hf_wordpiece(word, vocab, unk="[UNK]", max_chars=200):
    """HF's pieces of a word: `hf_wordpiece("ab", {"a": 0, "##b": 1}) -> ["a", "##b"]`."""
    model = models.WordPiece({**vocab, unk: len(vocab) + 1}, unk_token=unk, max_input_chars_per_word=max_chars)
    return Tokenizer(model).encode(word).tokens


def hf_unigram(word, logp):
    """HF's most probable split; every character of the word must be a piece."""
    return Tokenizer(models.Unigram([("<unk>", -1e6), *logp.items()], 0, False)).encode(word).tokens


def hf_name(pieces):
    """HF's name for some neighbouring pieces glued together: `hf_name(["##a", "##b"]) -> "##ab"`."""
    return decoders.WordPiece(prefix="##", cleanup=False).decode(pieces)


def all_splits(word, logp):
    """(score, pieces) of every split of a word of at least one character into pieces of the vocabulary."""
    found = []
    for count in range(len(word)):
        for cuts in combinations(range(1, len(word)), count):
            pieces = [word[start:end] for start, end in pairwise((0, *cuts, len(word)))]
            if all(piece in logp for piece in pieces):
                found.append((sum(logp[piece] for piece in pieces), pieces))
    return found


def rule(splits):
    """Of the splits with the highest score, the one with the longest last piece, then the one before it, …"""
    highest = max(score for score, _ in splits)
    return max((pieces for score, pieces in splits if score == highest), key=sizes_from_the_end)


def sizes_from_the_end(pieces):
    return [len(piece) for piece in reversed(pieces)]


def longest_first(word, vocab):
    """The longest match first, without marks; every character is a piece."""
    pieces = []
    while word:
        pieces.append(next(word[:size] for size in range(len(word), 0, -1) if word[:size] in vocab))
        word = word[len(pieces[-1]) :]
    return pieces


def list_of_strings(value):
    return type(value) is list and all(type(item) is str for item in value)


def numbered(draw, pieces):
    """A vocabulary in drawn order; no id is 0, which has a test of its own."""
    different = list(dict.fromkeys(pieces))
    return {piece: number for number, piece in enumerate(draw.sample(different, len(different)), start=1)}


# marks


@pytest.mark.group("marks")
def test_start_pieces_match_reference_and_hf(student, reference, draw):
    word = "".join(draw.sample(LETTERS, draw.integer(4, 8)))
    expected = hf_wordpiece(word, numbered(draw, [mark + letter for letter in word for mark in ("", "##")]))
    same(reference.start_pieces(word), expected, en="the reference's pieces", fr="les morceaux de la référence")
    pieces = student.start_pieces(word)
    expect(
        list_of_strings(pieces),
        en="start_pieces: a list of strings was expected",
        fr="start_pieces : on attendait une liste de chaînes",
    )
    expect(
        not pieces or not pieces[0].startswith("#"),
        en="the first piece carries a mark, though nothing stands before it",
        fr="le premier morceau porte une marque, alors que rien ne le précède",
    )
    expect(
        all(piece.startswith("##") for piece in pieces[1:]),
        en="a piece after the first does not begin with the mark ##",
        fr="un morceau après le premier ne commence pas par la marque ##",
    )
    same(pieces, expected, en="the pieces of one character", fr="les morceaux d'un caractère")


@pytest.mark.group("marks")
def test_start_pieces_of_any_word(student, draw):
    a, b = draw.sample(LETTERS, 2)
    cases = (
        ("", [], "of an empty word", "d'un mot vide"),
        (a, [a], "of a word of one letter", "d'un mot d'une lettre"),
        (a * 3, [a, "##" + a, "##" + a], "of a repeated letter", "d'une lettre répétée"),
        ("#" + b, ["#", "##" + b], "of a word that begins with #", "d'un mot qui commence par #"),
        (a + "##", [a, "###", "###"], "of a word that ends with ##", "d'un mot qui finit par ##"),
        ("e\u0301" + b + "🦊", ["e", "##\u0301", "##" + b, "##🦊"], "of any characters", "de caractères quelconques"),
        (a.upper() + b, [a.upper(), "##" + b], "of a word with a capital", "d'un mot à majuscule"),
    )
    for word, expected, en, fr in cases:
        same(student.start_pieces(word), expected, en=f"the pieces {en}", fr=f"les morceaux {fr}")


@pytest.mark.group("marks")
def test_glued_names_match_reference_and_hf(student, reference, draw):
    for mark in ("", "##"):
        left, right = mark + draw.word(LETTERS, 1, 4), "##" + draw.word(LETTERS, 1, 4)
        expected = hf_name([left, right])
        same(reference.join_pieces(left, right), expected, en="the reference's name", fr="le nom de la référence")
        name = student.join_pieces(left, right)
        expect(
            type(name) is str,
            en="join_pieces: a string was expected",
            fr="join_pieces : on attendait une chaîne",
        )
        expect(
            "##" not in name[1:],
            en="a mark is left inside the name of the glued piece",
            fr="une marque reste à l'intérieur du nom du morceau collé",
        )
        expect(
            name.startswith("##") == bool(mark),
            en="the glued piece carries a mark exactly when its left part does",
            fr="le morceau collé porte une marque exactement quand sa partie gauche en porte une",
        )
        same(name, expected, en="the name of the glued piece", fr="le nom du morceau collé")


@pytest.mark.group("marks")
def test_characters_of_the_word_are_no_marks(student, draw):
    a, b = draw.sample(LETTERS, 2)
    for left, right in ((a, "###"), ("##" + a, "####"), ("#", "###" + b), ("##" + a + "##", "##" + b + "##" + a)):
        same(
            student.join_pieces(left, right),
            hf_name([left, right]),
            en="the name of a glued piece where the word itself holds #",
            fr="le nom d'un morceau collé quand le mot lui-même contient #",
        )


@pytest.mark.group("marks")
def test_gluing_all_pieces_gives_the_word(student, reference, draw):
    word = draw.word(LETTERS, 5, 9)
    name, *rest = reference.start_pieces(word)
    for piece in rest:
        name = student.join_pieces(name, piece)
        expect(type(name) is str, en="join_pieces: a string was expected", fr="join_pieces : on attendait une chaîne")
    same(
        name,
        word,
        en="the name of all the pieces of a word, glued one after the other",
        fr="le nom de tous les morceaux d'un mot, collés l'un après l'autre",
    )


# score


def exact_scores(words):
    """The formula in fractions, from the corpus written out word by word."""
    written = [word for word, frequency in words.items() for _ in range(frequency)]
    pieces = Counter(piece for word in written for piece in word)
    pairs = Counter(pair for word in written for pair in pairwise(word))
    return {pair: Fraction(count, pieces[pair[0]] * pieces[pair[1]]) for pair, count in pairs.items()}


def draw_corpus(draw, reference):
    """Words of which some have pieces of several letters, one repeats a piece, and one is a piece alone."""
    alphabet = "".join(draw.sample(LETTERS, 4))
    words = {}
    while len(words) < 6:
        pieces = reference.start_pieces(draw.word(alphabet, 3, 7))
        at = draw.integer(0, len(pieces) - 1)
        glued = [*pieces[:at], reference.join_pieces(pieces[at], pieces[at + 1]), *pieces[at + 2 :]]
        words[tuple(draw.choice([pieces, glued]))] = draw.integer(2, 20)
    a, b = alphabet[0], "##" + alphabet[1]
    return {**words, (a, b, b, b, "##" + a): draw.integer(2, 20), (a,): draw.integer(2, 20)}


def expect_scores(scores, expected, en, fr):
    """Holds for a dict from pairs to the expected numbers."""
    expect(
        type(scores) is dict
        and all(type(pair) is tuple and len(pair) == 2 and list_of_strings(list(pair)) for pair in scores),
        en="wordpiece_score: a dict was expected, with tuples of two strings as its keys",
        fr="wordpiece_score : on attendait un dict, dont les clés sont des tuples de deux chaînes",
    )
    extra = scores.keys() - expected.keys()
    expect(
        not extra,
        en=f"{en}: there is a pair that no word holds",
        fr=f"{fr} : on y trouve une paire qui n'est dans aucun mot",
    )
    expect(
        len(scores) == len(expected),
        en=f"{en}: a pair of neighbours is missing",
        fr=f"{fr} : il manque une paire de voisins",
    )
    for pair, score in expected.items():
        close(scores[pair], float(score), FLOAT64, en=en, fr=fr)


@pytest.mark.group("score")
def test_scores_match_reference_and_formula(student, reference, draw):
    for _ in range(2):
        words = draw_corpus(draw, reference)
        scores = unchanged(student.wordpiece_score, words, en="wordpiece_score", fr="wordpiece_score")
        expected = exact_scores(words)
        expect_scores(scores, expected, "the scores of a corpus", "les scores d'un corpus")
        expect_scores(reference.wordpiece_score(words), expected, "the reference's scores", "ceux de la référence")


@pytest.mark.group("score")
def test_twice_the_corpus_halves_the_scores(student, reference, draw):
    words = draw_corpus(draw, reference)
    doubled = {word: 2 * frequency for word, frequency in words.items()}
    halves = {pair: score / 2 for pair, score in exact_scores(words).items()}
    expect_scores(
        student.wordpiece_score(doubled),
        halves,
        "the scores when every word occurs twice as often",
        "les scores quand chaque mot est deux fois plus fréquent",
    )


@pytest.mark.group("score")
def test_where_a_piece_is_counted(student, draw):
    a, b, c = draw.sample(LETTERS, 3)
    m, n = draw.integer(2, 9), draw.integer(10, 20)
    marked = "##" + a
    cases = (
        ({}, "of an empty corpus", "d'un corpus vide"),
        ({(a,): m, (b,): n}, "of words of one piece", "de mots d'un seul morceau"),
        ({(a, marked, marked, marked): m}, "where pairs overlap", "quand les paires se chevauchent"),
        ({(a, "##" + b): m, (a,): n}, "where a piece also stands alone", "quand un morceau apparaît aussi seul"),
        (
            {(a, "##" + b): m, (c, "##" + b): n, (c, "##" + b, "##" + a): m},
            "where the last piece of a word also stands elsewhere",
            "quand le dernier morceau d'un mot apparaît aussi ailleurs",
        ),
        (
            {(c, marked, "##" + b): m, (c, "##" + b, marked): n, (a, "##" + b): n},
            "where the same two letters meet in both orders, with and without a mark",
            "quand les deux mêmes lettres se suivent dans les deux ordres, avec et sans marque",
        ),
    )
    for words, en, fr in cases:
        expect_scores(student.wordpiece_score(words), exact_scores(words), f"the scores {en}", f"les scores {fr}")


# longest


def expect_pieces(pieces, word):
    """Holds for a list of strings that give the word back, each but the first with the mark."""
    expect(
        list_of_strings(pieces),
        en="wordpiece: a list of strings was expected",
        fr="wordpiece : on attendait une liste de chaînes",
    )
    expect(
        pieces != ["[UNK]"],
        en="a word that its pieces do cover became unknown",
        fr="un mot que ses morceaux couvrent bien est devenu inconnu",
    )
    expect(
        [len(piece) - len(piece.lstrip("#")) for piece in pieces] == [0, *[2] * (len(pieces) - 1)],
        en="each piece but the first is returned with the mark ##, once, as it stands in the vocabulary",
        fr="chaque morceau sauf le premier est renvoyé avec la marque ##, une fois, tel qu'il est dans le vocabulaire",
    )
    expect(
        "".join(piece.removeprefix("##") for piece in pieces) == word,
        en="the pieces without their marks, put end to end, do not give the word",
        fr="les morceaux sans leur marque, mis bout à bout, ne donnent pas le mot",
    )


def draw_pieces(draw, alphabet):
    """Every letter, bare and marked, and some longer pieces of either kind."""
    letters = [mark + letter for letter in alphabet for mark in ("", "##")]
    return [*letters, *(draw.choice(["", "##"]) + draw.word(alphabet, 2, 5) for _ in range(24))]


@pytest.mark.group("longest")
def test_pieces_match_reference_and_hf(student, reference, draw):
    alphabet = "".join(draw.sample(LETTERS, 3))
    vocab = numbered(draw, draw_pieces(draw, alphabet))
    words = [draw.word(alphabet, 9, 14) for _ in range(4)]
    answers = [unchanged(student.wordpiece, word, vocab, en="wordpiece", fr="wordpiece") for word in words]
    for word, pieces in zip(words, answers, strict=True):
        expected = hf_wordpiece(word, vocab)
        same(reference.wordpiece(word, vocab), expected, en="the reference's pieces", fr="ceux de la référence")
        expect_pieces(pieces, word)
        same(pieces, expected, en="the pieces of a word", fr="les morceaux d'un mot")


@pytest.mark.group("longest")
def test_the_longest_piece_from_the_left_wins(student, draw):
    a, b, c, d = draw.sample(LETTERS, 4)
    pieces = [a, a + b, "##" + b + c + d, "##" + c, "##" + d, "##" + c + d, "##" + b + d, "##" + b, b + c + d]
    vocab = numbered(draw, [*pieces, c, "##" + a, "##" + a * 2, d + b, d])
    cases = (
        (a + b + c + d, "where a longer piece begins later", "quand un morceau plus long commence plus tard"),
        (a + b + c + c + d, "of a word in several pieces", "d'un mot en plusieurs morceaux"),
        (b + c + d, "of a word that is in the vocabulary", "d'un mot qui est dans le vocabulaire"),
        (c + a * 5, "of a repeated letter, odd", "d'une lettre répétée, impair"),
        (c + a * 4, "of a repeated letter, even", "d'une lettre répétée, pair"),
        (c, "of a word of one letter", "d'un mot d'une lettre"),
    )
    answers = [student.wordpiece(word, vocab) for word, _, _ in cases]
    for split, (word, en, fr) in zip(answers, cases, strict=True):
        expect_pieces(split, word)
        same(split, hf_wordpiece(word, vocab), en=f"the pieces {en}", fr=f"les morceaux {fr}")


@pytest.mark.group("longest")
def test_a_mark_makes_another_piece(student, draw):
    a, b, c = draw.sample(LETTERS, 3)
    vocab = numbered(draw, [a, b, "##" + a, "##" + b, a + b + c, "##" + b + a, "##" + c])
    words = (b + a + b + c, b + a, a + b + a, b + a + a + b + c)
    for split, word in zip([student.wordpiece(word, vocab) for word in words], words, strict=True):
        expect_pieces(split, word)
        same(
            split,
            hf_wordpiece(word, vocab),
            en="the pieces where the vocabulary holds the same letters with and without a mark",
            fr="les morceaux quand le vocabulaire contient les mêmes lettres avec et sans marque",
        )


@pytest.mark.group("longest")
def test_zero_is_an_id_like_any_other(student, draw):
    a, b = draw.sample(LETTERS, 2)
    for vocab in ({a: 0, "##" + b: 1}, {a: 1, "##" + b: 0}):
        same(
            student.wordpiece(a + b, vocab),
            [a, "##" + b],
            en="the pieces when one of them has the id 0",
            fr="les morceaux quand l'un d'eux porte l'identifiant 0",
        )


@pytest.mark.group("longest")
def test_words_are_split_as_they_are(student, draw):
    a, b = draw.sample("abcdefghijklm", 2)
    vocab = numbered(draw, [a.upper(), a, "##" + b.upper(), "##" + b, "##e", "##\u0301", "##é", "##🦊"])
    for word in (a.upper() + b, a + b.upper() + "e\u0301", a + "é🦊"):
        same(
            student.wordpiece(word, vocab),
            hf_wordpiece(word, vocab),
            en="the pieces of a word with capitals, accents or an emoji (it is taken as it is)",
            fr="les morceaux d'un mot à majuscules, accents ou emoji (il est pris tel quel)",
        )


# unknown


@pytest.mark.group("unknown")
def test_one_gap_loses_the_whole_word(student, reference, draw):
    a, b, c, unseen = draw.sample(LETTERS, 4)
    vocab = numbered(draw, [a, b, c, a + b, "##" + a, "##" + b, "##" + c, "[UNK]"])
    cases = (
        (a + b + c + unseen, "whose last character is unknown", "dont le dernier caractère est inconnu"),
        (unseen + a + b, "whose first character is unknown", "dont le premier caractère est inconnu"),
        (a + unseen + b + c, "with an unknown character inside", "avec un caractère inconnu à l'intérieur"),
        (unseen, "of one unknown character", "d'un seul caractère inconnu"),
    )
    answers = [student.wordpiece(word, vocab) for word, _, _ in cases]
    for pieces, (word, en, fr) in zip(answers, cases, strict=True):
        expect(
            type(pieces) is not list or len(pieces) < 2,
            en="a word that cannot be covered gave several tokens: the whole of it becomes one",
            fr="un mot qui ne peut pas être couvert a donné plusieurs tokens : il en devient un seul, en entier",
        )
        same(pieces, ["[UNK]"], en=f"the pieces of a word {en}", fr=f"les morceaux d'un mot {fr}")
        same(reference.wordpiece(word, vocab), hf_wordpiece(word, vocab), en="the reference's", fr="ceux de référence")


@pytest.mark.group("unknown")
def test_there_is_no_way_back(student, draw):
    a, b, c = draw.sample(LETTERS, 3)
    vocab = numbered(draw, [a, a + b, "##" + b + c, "##" + b, "##" + a, "##" + a + b])
    for word in (a + b + c, a + a + b + c):
        same(
            student.wordpiece(word, vocab),
            hf_wordpiece(word, vocab),
            en="the pieces of a word where the longest match leads nowhere",
            fr="les morceaux d'un mot où le plus long d'abord ne mène nulle part",
        )


@pytest.mark.group("unknown")
def test_the_token_for_unknown_words_is_the_one_given(student, draw):
    a, b = draw.sample(LETTERS, 2)
    unk = draw.choice(["<unk>", "<inconnu>", "?"])
    same(
        [student.wordpiece(b, {a: 1}, unk), student.wordpiece(b, {a: 1, unk: 2}, unk=unk)],
        [[unk], [unk]],
        en="the pieces of an unknown word when the token for it is given",
        fr="les morceaux d'un mot inconnu quand le token prévu est donné",
    )
    same(
        student.wordpiece(a * 3, {a * 3: 1}, unk, 2),
        [unk],
        en="the pieces of a word that is too long when the token for it is given",
        fr="les morceaux d'un mot trop long quand le token prévu est donné",
    )


@pytest.mark.group("unknown")
def test_a_word_at_the_limit_is_split_and_a_longer_one_is_not(student, draw):
    letter, length = draw.choice("éèçœ"), draw.integer(5, 10)
    word = letter * length
    whole = {word: 1}
    in_pieces = {letter * (length - 3): 1, "##" + letter * 3: 2, "##" + letter: 3}
    letters = {letter: 1, "##" + letter: 2}
    too_long = [(vocab, length - less) for less in (1, 3) for vocab in (whole, in_pieces, letters)]
    answers = [student.wordpiece(word, vocab, max_chars=limit) for vocab, limit in [*too_long, (whole, length)]]
    same(
        answers[:-1],
        [["[UNK]"]] * len(too_long),
        en="the pieces of words that are longer than max_chars",
        fr="les morceaux de mots plus longs que max_chars",
    )
    same(
        answers[-1],
        [word],
        en="the pieces of a word of exactly max_chars characters",
        fr="les morceaux d'un mot d'exactement max_chars caractères",
    )


@pytest.mark.group("unknown")
def test_the_limit_is_200_unless_told(student, draw):
    letter = draw.choice(LETTERS)
    words = [letter * length for length in (100 + draw.integer(1, 50), 200, 201, 205)]
    for pieces, word in zip([student.wordpiece(word, {word: 1}) for word in words], words, strict=True):
        same(
            pieces,
            hf_wordpiece(word, {word: 1}, max_chars=200),
            en="the pieces of a very long word, max_chars not given",
            fr="les morceaux d'un mot très long, max_chars n'étant pas donné",
        )


@pytest.mark.group("unknown")
def test_an_empty_word_has_no_piece(student, draw):
    for vocab, limit in (({draw.choice(LETTERS): 1}, 200), ({}, 0)):
        same(
            student.wordpiece("", vocab, max_chars=limit),
            [],
            en="the pieces of an empty word",
            fr="les morceaux d'un mot vide",
        )


# best


def parts_of(answer):
    """(pieces, score) of what viterbi returned, the pieces a list of strings."""
    pieces, score = parts(answer, 2, en="(pieces, score)", fr="(pieces, score)")
    expect(
        list_of_strings(pieces),
        en="the pieces of viterbi: a list of strings was expected",
        fr="les morceaux de viterbi : on attendait une liste de chaînes",
    )
    return pieces, score


def expect_splits(student, cases, en, fr):
    """Holds when each (word, logp) gives the best of all its splits."""
    answers = [student.viterbi(word, logp) for word, logp in cases]
    for answer, (word, logp) in zip(answers, cases, strict=True):
        expect_split(answer, word, logp, rule(all_splits(word, logp)), en, fr)


def expect_split(answer, word, logp, expected, en, fr):
    pieces, score = parts_of(answer)
    expect(
        "".join(pieces) == word,
        en=f"{en}: the pieces, put end to end, do not give the word",
        fr=f"{fr} : les morceaux, mis bout à bout, ne donnent pas le mot",
    )
    same(pieces, expected, en=en, fr=fr)
    close(
        score,
        math.fsum(logp[piece] for piece in expected),
        FLOAT64,
        en=f"{en}: the score beside the right pieces",
        fr=f"{fr} : le score à côté des bons morceaux",
    )


def pieces_of(draw, word):
    """The letters of a word, and some longer pieces of it."""
    starts = [draw.integer(0, len(word) - 1) for _ in range(12)]
    return dict.fromkeys([*word, *(word[start : start + draw.integer(2, 5)] for start in starts)])


def contested(draw):
    """A word and log-probabilities with one best split, which neither takes the longest first nor the fewest pieces."""
    while True:
        alphabet = "".join(draw.sample(LETTERS, 3))
        word = draw.word(alphabet, 7, 9)
        logp = {piece: -1.0 - 6.0 * float(draw.uniform(1)[0]) for piece in pieces_of(draw, word)}
        splits = sorted(all_splits(word, logp))
        (best, pieces), (second, _) = splits[-1], splits[-2]
        fewest = max(splits, key=lambda split: (-len(split[1]), split[0]))[1]
        if best - second > MARGIN and pieces not in (fewest, longest_first(word, logp), pieces[::-1]):
            return word, logp, pieces


@pytest.mark.group("best")
def test_split_matches_reference_hf_and_all_splits(student, reference, draw):
    tasks = [contested(draw) for _ in range(4)]
    answers = [student.viterbi(word, logp) for word, logp, _ in tasks]
    for answer, (word, logp, expected) in zip(answers, tasks, strict=True):
        same(hf_unigram(word, logp), expected, en="HF's split", fr="le découpage de HF")
        same(reference.viterbi(word, logp)[0], expected, en="the reference's split", fr="celui de la référence")
        pieces, score = parts_of(answer)
        expect(
            "".join(pieces) == word,
            en="the pieces, put end to end, do not give the word",
            fr="les morceaux, mis bout à bout, ne donnent pas le mot",
        )
        expect(
            all(piece in logp for piece in pieces),
            en="a piece of the split is not in the vocabulary",
            fr="un morceau du découpage n'est pas dans le vocabulaire",
        )
        same(pieces, expected, en="the best split of a word", fr="le meilleur découpage d'un mot")
        close(
            score,
            math.fsum(logp[piece] for piece in expected),
            FLOAT64,
            en="the score beside the right pieces (the sum of their log-probabilities)",
            fr="le score à côté des bons morceaux (la somme de leurs log-probabilités)",
        )


@pytest.mark.group("best")
def test_a_cheap_piece_that_ends_badly_is_not_taken(student, draw):
    a, b, c, d = draw.sample(LETTERS, 4)
    logp = {a: -5.0, b: -4.0, c: -6.0, d: -2.0, a + b: -1.0, c + d: -7.5, b + c + d: -2.5, a + b + c: -6.25}
    words = (a + b + c + d, a + b + c, d + a + b + c + d, b + c + d + b)
    cases = [(word, logp) for word in words]
    expect_splits(student, cases, "the best split of a word", "le meilleur découpage d'un mot")


@pytest.mark.group("best")
def test_zero_is_a_log_probability_like_any_other(student, draw):
    a, b = draw.sample(LETTERS, 2)
    logp = {a: 0.0, b: -1.0, a + b: -2.0, b + a: -0.5}
    expect_splits(
        student,
        [(a + b, logp), (a * 3, {a: 0.0}), (a + b + a, logp)],
        "the split when a log-probability is 0",
        "le découpage quand une log-probabilité vaut 0",
    )


@pytest.mark.group("best")
def test_pieces_of_any_length(student, draw):
    alphabet = "".join(draw.sample(LETTERS, 4))
    whole = draw.word(alphabet, 24, 30)
    logp = {**dict.fromkeys(alphabet, -4.0), whole: -9.5}
    for word, expected in ((whole, [whole]), (whole + alphabet[0], [whole, alphabet[0]]), (alphabet[0], [alphabet[0]])):
        expect_split(
            student.viterbi(word, logp),
            word,
            logp,
            expected,
            "the split where one piece is as long as a sentence",
            "le découpage quand un morceau est aussi long qu'une phrase",
        )


@pytest.mark.group("best")
def test_log_probabilities_are_left_as_they_were(student, draw):
    word, logp, _ = contested(draw)
    unchanged(student.viterbi, word, logp, en="viterbi", fr="viterbi")


# ties


def tied(draw):
    """A word and whole log-probabilities, whose best score belongs to several splits that end differently."""
    while True:
        alphabet = "".join(draw.sample(LETTERS, 3))
        word = draw.word(alphabet, 6, 9)
        logp = {piece: -float(draw.integer(len(piece), 2 * len(piece) + 1)) for piece in pieces_of(draw, word)}
        splits = all_splits(word, logp)
        highest = max(score for score, _ in splits)
        equal = [pieces for score, pieces in splits if score == highest]
        if len({len(pieces[-1]) for pieces in equal}) > 1 and len(equal) > 2:
            return word, logp, rule(splits)


@pytest.mark.group("ties")
def test_ties_match_reference_and_hf(student, reference, draw):
    tasks = [tied(draw) for _ in range(3)]
    answers = [student.viterbi(word, logp) for word, logp, _ in tasks]
    for answer, (word, logp, expected) in zip(answers, tasks, strict=True):
        same(hf_unigram(word, logp), expected, en="HF's split", fr="le découpage de HF")
        same(reference.viterbi(word, logp)[0], expected, en="the reference's split", fr="celui de la référence")
        pieces, _ = parts_of(answer)
        same(
            pieces,
            expected,
            en="the split where several have the same score (the longest last piece wins)",
            fr="le découpage quand plusieurs ont le même score (le dernier morceau le plus long l'emporte)",
        )


@pytest.mark.group("ties")
def test_the_last_piece_decides_first(student, draw):
    a, b, c, d, e = draw.sample(LETTERS, 5)
    one = dict.fromkeys((a, b, c, d, e), -1.0)
    cases = (
        (a + b, {**one, a + b: -2.0}, "of two letters", "de deux lettres"),
        (a + b + c, {a: -1.0, c: -1.0, a + b: -3.0, b + c: -3.0}, "of three letters", "de trois lettres"),
        (
            a + b + c + d,
            {a: -1.0, b: -1.0, d: -1.0, c + d: -2.0, a + b + c: -3.0},
            "where fewer pieces, or a longer first one, would do as well",
            "quand moins de morceaux, ou un premier plus long, feraient aussi bien",
        ),
        (
            a + b + c + d + e,
            {a: -1.0, c: -1.0, a + b: -3.0, b + c: -3.0, d + e: -1.0},
            "where the tie lies before the last piece",
            "quand l'égalité se trouve avant le dernier morceau",
        ),
        (
            a + b + c,
            {a: 0.0, a + b: -1.0, b + c: -1.0, c: 0.0, b: -1.0},
            "with log-probabilities of 0",
            "avec des log-probabilités nulles",
        ),
    )
    answers = [student.viterbi(word, logp) for word, logp, _, _ in cases]
    for answer, (word, logp, en, fr) in zip(answers, cases, strict=True):
        pieces, _ = parts_of(answer)
        same(pieces, rule(all_splits(word, logp)), en=f"the split among equals {en}", fr=f"le découpage à égalité {fr}")


# edges


@pytest.mark.group("edges")
def test_without_a_split_there_are_no_pieces(student, draw):
    a, b, c, unseen = draw.sample(LETTERS, 4)
    logp = {a: -1.0, b: -2.0, a + b: -2.5, b + c: -1.5}
    cases = (
        (a + b + unseen, logp, "when the last character is in no piece", "quand le dernier caractère n'est nulle part"),
        (
            unseen + a + b,
            logp,
            "when the first character is in no piece",
            "quand le premier caractère n'est nulle part",
        ),
        (
            a + unseen + b,
            logp,
            "when a character inside is in no piece",
            "quand un caractère intérieur n'est nulle part",
        ),
        (
            a + c,
            logp,
            "when the last character is only inside a piece",
            "quand le dernier caractère n'est qu'en suffixe",
        ),
        (a + b + c, {a + b: -1.0, b + c: -1.0}, "when pieces do not fit together", "quand rien ne s'emboîte"),
        (a, {}, "when the vocabulary is empty", "quand le vocabulaire est vide"),
    )
    answers = [student.viterbi(word, vocabulary) for word, vocabulary, _, _ in cases]
    for answer, (_, _, en, fr) in zip(answers, cases, strict=True):
        pieces, score = parts_of(answer)
        same(pieces, [], en=f"the pieces {en}", fr=f"les morceaux {fr}")
        close(score, -INF, FLOAT64, en=f"the score {en}", fr=f"le score {fr}")


@pytest.mark.group("edges")
def test_no_path_goes_through_a_dead_cell(student, draw):
    a, b, c, d = draw.sample(LETTERS, 4)
    logp = {a + b + c: -50.0, c: -1.0, b + c: -1.0, d: -1.0, c + d: -1.0, a + b + c + d: -60.0}
    expect_splits(
        student,
        [(a + b + c, logp), (a + b + c + d, logp)],
        "the split where some cells cannot be reached",
        "le découpage quand certaines cases sont inaccessibles",
    )


@pytest.mark.group("edges")
def test_an_empty_word_costs_nothing(student, draw):
    for logp in ({draw.choice(LETTERS): -1.0}, {}):
        pieces, score = parts_of(student.viterbi("", logp))
        same(pieces, [], en="the pieces of an empty word", fr="les morceaux d'un mot vide")
        close(score, 0.0, FLOAT64, en="the score of an empty word", fr="le score d'un mot vide")


@pytest.mark.group("edges")
def test_long_and_improbable_texts(student, reference, draw):
    a, b = draw.sample(LETTERS, 2)
    for logp, size in (({a: -4.0, b: -3.0, a + b: -5.5, b + a: -6.25}, 200), ({a: -500.0, b: -400.0}, 20)):
        text = draw.word(a + b, size, size + 1)
        pieces, score = parts_of(student.viterbi(text, logp))
        expected = reference.viterbi(text, logp)[1]
        expect(
            "".join(pieces) == text,
            en="the pieces of a long or improbable text, put end to end, do not give the text",
            fr="les morceaux d'un texte long ou improbable, mis bout à bout, ne donnent pas le texte",
        )
        close(
            score,
            expected,
            FLOAT64,
            en="the score of a long or improbable text",
            fr="le score d'un texte long ou improbable",
        )
