"""Hidden suite of Byte Pair Encoding.

Covers pair counts, one merge, learning on words and on bytes, ties, splitting, and the way from text to ids and back.
Independent oracles: HF's `tokenizers` (BpeTrainer and BPE without suffix, whose ties go to the smallest ids),
`str.replace` for one merge, and Python's own UTF-8 codec. Everything is exact: there is no tolerance.
Does not cover speed, nor cutting a text into words.
"""

import json

import pytest
from tokenizers import Tokenizer, models, trainers

from autograder.checks import expect, same, unchanged

STAND_IN = "\U0010ffff"  # END as one character: HF sorts its alphabet by code point, so it comes last, as END does
LETTERS = "abcdefghijklmnopqrstuvwxyzéèçœ"


def hf_merges(sequences, n_merges):
    """The merges that HF learns: `hf_merges(["abab"], 1) -> [("a", "b")]`."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.train_from_iterator(sequences, trainers.BpeTrainer(vocab_size=10**6, show_progress=False))
    return [tuple(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]][:n_merges]


def hf_pieces(text, merges):
    """The pieces into which HF splits a text: `hf_pieces("abc", [("a", "b")]) -> ["ab", "c"]`."""
    symbols = dict.fromkeys([*text, *(part for pair in merges for part in pair), *("".join(pair) for pair in merges)])
    vocabulary = {symbol: number for number, symbol in enumerate(symbols)}
    return Tokenizer(models.BPE(vocab=vocabulary, merges=list(merges))).encode(text).tokens


def hf_word_merges(end, word_freqs, n_merges):
    """HF's merges for a corpus of words, with END at the end of each."""
    sequences = [word + STAND_IN for word, frequency in word_freqs.items() for _ in range(frequency)]
    return [tuple(part.replace(STAND_IN, end) for part in pair) for pair in hf_merges(sequences, n_merges)]


def as_characters(text):
    """One character per UTF-8 byte, so that a tokenizer of characters works on bytes."""
    return text.encode("utf-8").decode("latin-1")


def hf_byte_merges(text, n_merges):
    """HF's merges for the bytes of a text, as ids."""
    ids = {chr(byte): byte for byte in range(256)}
    merges = []
    for new, (left, right) in enumerate(hf_merges([as_characters(text)], n_merges), start=256):
        merges.append((ids[left], ids[right]))
        ids[left + right] = new
    return merges


def hf_ids(text, merges):
    """HF's ids of a text, for merges over bytes."""
    pieces = [chr(byte) for byte in range(256)]
    for left, right in merges:
        pieces.append(pieces[left] + pieces[right])
    ids = {piece: number for number, piece in enumerate(pieces)}
    return [ids[piece] for piece in hf_pieces(as_characters(text), [(pieces[a], pieces[b]) for a, b in merges])]


def agreed(reference, oracle):
    """What both say. A difference is no student's fault: it breaks the check, which is told as ours."""
    if reference != oracle:
        raise RuntimeError(f"the reference says {reference}, the oracle {oracle}")
    return oracle


def clear_merges(reference, words, merges, names):
    """How many of the first merges are the most frequent pair without a tie."""
    for done, (pair, new) in enumerate(zip(merges, names, strict=True)):
        counts = sorted(reference.pair_counts(words).values())
        if len(counts) > 1 and counts[-1] == counts[-2]:
            return done
        words = {tuple(reference.merge_pair(word, pair, new)): frequency for word, frequency in words.items()}
    return len(merges)


def draw_words(draw, alphabet, how_many, longest):
    """Different words of 2 letters or more."""
    words = set()
    while len(words) < how_many:
        words.add(draw.word(alphabet, 2, longest + 1))
    return draw.sample(sorted(words), how_many)


def clear_corpus(draw, reference, n_merges):
    """A corpus whose first merges have no tie, and of which at least one holds END."""
    while True:
        alphabet = "".join(draw.sample(LETTERS, 5))
        word_freqs = {word: draw.integer(2, 40) for word in draw_words(draw, alphabet, 6, 5)}
        merges = reference.train_bpe(word_freqs, n_merges)
        words = {(*word, reference.END): frequency for word, frequency in word_freqs.items()}
        ended = any(reference.END in right for _, right in merges)
        if ended and clear_merges(reference, words, merges, ["".join(pair) for pair in merges]) == n_merges:
            return word_freqs


def clear_text(draw, reference, n_merges):
    """A text with accents whose first merges over bytes have no tie."""
    while True:
        alphabet = "".join(draw.sample("abcdefgh", 3)) + "éà"
        text = draw.word(alphabet, 24, 40)
        merges = reference.train_bytes(text, n_merges)
        words = {tuple(text.encode("utf-8")): 1}
        if clear_merges(reference, words, merges, range(256, 256 + len(merges))) == n_merges:
            return text


def using_reference(student, reference):
    """The student with the two building blocks of the reference, so that a slip there costs its own group only."""
    return student.using(pair_counts=reference.pair_counts, merge_pair=reference.merge_pair)


def list_of(kind, value):
    return type(value) is list and all(type(item) is kind for item in value)


def expect_merges(merges, kind):
    """Holds for a list of pairs, each a tuple of two strings or two ints."""
    en, fr = ("strings", "chaînes") if kind is str else ("ints", "entiers")
    well_formed = type(merges) is list and all(
        type(pair) is tuple and len(pair) == 2 and type(pair[0]) is kind and type(pair[1]) is kind for pair in merges
    )
    expect(
        well_formed,
        en=f"the merges: a list of pairs was expected, each a tuple of two {en}",
        fr=f"les fusions : on attendait une liste de paires, chacune un tuple de deux {fr}",
    )


def expect_same_merges(actual, expected):
    """Holds when the merges are the same; says which is the first wrong one."""
    compared = enumerate(zip(actual, expected, strict=False), start=1)
    wrong = next((number for number, (mine, right) in compared if mine != right), None)
    expect(
        wrong is None,
        en=f"merge number {wrong} is the first that is not the pair to choose",
        fr=f"la fusion n° {wrong} est la première qui n'est pas la paire à choisir",
    )
    same(actual, expected, en="the list of merges", fr="la liste des fusions")


# counts


@pytest.mark.group("counts")
def test_pair_counts_are_weighted_by_frequency(student, reference, draw):
    alphabet = "".join(draw.sample(LETTERS, 4))
    words = {tuple(word): draw.integer(2, 30) for word in draw_words(draw, alphabet, 7, 6)}
    expected = {}
    for word, frequency in words.items():
        for left, right in zip(word[:-1], word[1:], strict=True):
            expected[left, right] = expected.get((left, right), 0) + frequency
    counts = unchanged(student.pair_counts, words, en="pair_counts", fr="pair_counts")
    expect(
        type(counts) is dict and all(type(value) is int for value in counts.values()),
        en="pair_counts: a dict from pairs to ints was expected",
        fr="pair_counts : on attendait un dict qui associe des entiers aux paires",
    )
    total = sum(counts.values())
    few_en, few_fr = ("few", "trop peu de") if total < sum(expected.values()) else ("many", "trop de")
    expect(
        total == sum(expected.values()),
        en=f"the counts add up to too {few_en} pairs: a word of n symbols seen f times holds (n - 1) · f of them",
        fr=f"la somme des comptes donne {few_fr} paires : un mot de n symboles vu f fois en contient (n - 1) · f",
    )
    same(counts, expected, en="the pair counts", fr="les comptes de paires")
    same(reference.pair_counts(words), expected, en="the reference's counts", fr="les comptes de référence")


@pytest.mark.group("counts")
def test_overlapping_pairs_all_count(student, draw):
    letter, frequency, length = draw.choice(LETTERS), draw.integer(3, 9), draw.integer(4, 8)
    same(
        student.pair_counts({(letter,) * length: frequency}),
        {(letter, letter): (length - 1) * frequency},
        en="the pair counts of one repeated symbol, where pairs overlap",
        fr="les comptes de paires d'un symbole répété, où les paires se chevauchent",
    )


@pytest.mark.group("counts")
def test_counts_of_short_words_and_of_ids(student, draw):
    a, b = 256 + draw.integer(0, 50), draw.integer(0, 256)
    of_nothing, of_short, of_ids = student.pair_counts.each(({},), ({(a,): 3, (): 2},), ({(a, b, a, b): 2, (b, a): 5},))
    same(of_nothing, {}, en="the pair counts of an empty corpus", fr="les comptes d'un corpus vide")
    same(
        of_short,
        {},
        en="the pair counts of words without two symbols",
        fr="les comptes de mots de moins de deux symboles",
    )
    same(
        of_ids,
        {(a, b): 4, (b, a): 7},
        en="the pair counts where symbols are ids",
        fr="les comptes de paires quand les symboles sont des identifiants",
    )


# merge


@pytest.mark.group("merge")
def test_merge_matches_text_replacement(student, reference, draw):
    for _ in range(3):
        a, b, c = draw.sample(LETTERS, 3)
        text = draw.word(a + b + c, 8, 20) + a + b
        pair = draw.choice([(a, b), (b, a), (a, c)])
        merged = unchanged(student.merge_pair, list(text), pair, "".join(pair), en="merge_pair", fr="merge_pair")
        expect(
            list_of(str, merged),
            en="merge_pair: a list of symbols was expected",
            fr="merge_pair : on attendait une liste de symboles",
        )
        expect(
            "".join(merged) == text,
            en="the merged symbols, joined, no longer give the text: a symbol is lost or used twice",
            fr="les symboles fusionnés, mis bout à bout, ne redonnent plus le texte : l'un est perdu ou sert deux fois",
        )
        expected = [symbol.replace("*", "".join(pair)) for symbol in text.replace("".join(pair), "*")]
        same(merged, expected, en="the merged symbols", fr="les symboles fusionnés")
        same(
            reference.merge_pair(list(text), pair, "".join(pair)),
            expected,
            en="the reference's",
            fr="ceux de la référence",
        )


@pytest.mark.group("merge")
def test_merge_of_a_repeated_symbol_does_not_overlap(student, draw):
    letter = draw.choice(LETTERS)
    lengths = (2, 3, 4, 5, 8)
    merged = student.merge_pair.each(*(([letter] * length, (letter, letter), letter * 2) for length in lengths))
    for length, symbols in zip(lengths, merged, strict=True):
        same(
            symbols,
            [letter * 2] * (length // 2) + [letter] * (length % 2),
            en="the merged symbols where one symbol repeats",
            fr="les symboles fusionnés quand un même symbole se répète",
        )


@pytest.mark.group("merge")
def test_merge_compares_whole_symbols(student, draw):
    a, b, c = draw.sample(LETTERS, 3)
    symbols = [a + b, c, a, b + c, b + a, b, a, b, c]
    same(
        student.merge_pair(symbols, (a, b), a + b),
        [a + b, c, a, b + c, b + a, b, a + b, c],
        en="the merged symbols when they have several letters (whole symbols are compared)",
        fr="les symboles fusionnés quand ils ont plusieurs lettres (on compare des symboles entiers)",
    )


@pytest.mark.group("merge")
def test_merge_at_the_ends_and_of_ids(student, draw):
    a, b, c = draw.sample(range(400), 3)
    new = 400 + draw.integer(0, 99)
    cases = (
        ([], [], "of nothing", "de rien"),
        ([a], [a], "of a single symbol", "d'un seul symbole"),
        ([a, b], [new], "of the pair alone", "de la paire seule"),
        ([b, a], [b, a], "where the pair does not occur", "où la paire n'apparaît pas"),
        ([a, b, c], [new, c], "with the pair at the start", "avec la paire au début"),
        ([c, a, b], [c, new], "with the pair at the end", "avec la paire à la fin"),
        ((a, b, b, a, b), [new, b, new], "of a tuple of ids", "d'un tuple d'identifiants"),
    )
    for symbols, expected, en, fr in cases:
        merged = unchanged(student.merge_pair, symbols, (a, b), new, en="merge_pair", fr="merge_pair")
        same(merged, expected, en=f"the merge {en}", fr=f"la fusion {fr}")


# train


@pytest.mark.group("train")
def test_merges_match_reference_and_hf(student, reference, draw):
    def corpus():
        word_freqs = clear_corpus(draw, reference, 5)
        return word_freqs, agreed(reference.train_bpe(word_freqs, 5), hf_word_merges(reference.END, word_freqs, 5))

    word_freqs, expected = draw.once(corpus)
    closed = [word + reference.END for word in word_freqs]
    merges = using_reference(student, reference).train_bpe(word_freqs, 5)
    expect_merges(merges, str)
    expect(
        any(reference.END in part for pair in merges for part in pair),
        en="no merge holds END: every word must be closed by it before pairs are counted",
        fr="aucune fusion ne contient END : chaque mot doit en être suivi avant de compter les paires",
    )
    expect(
        all(any("".join(pair) in word for word in closed) for pair in merges),
        en="a merge makes a symbol that is in no word: a pair must lie within one word",
        fr="une fusion crée un symbole qui n'est dans aucun mot : une paire doit tenir dans un seul mot",
    )
    expect_same_merges(merges, expected)


@pytest.mark.group("train")
def test_training_stops_when_pairs_run_out(student, reference, draw):
    words = draw_words(draw, LETTERS, 2, 4)
    merges = using_reference(student, reference).train_bpe(dict.fromkeys(words, 1), 40)
    expect_merges(merges, str)
    left = {word: reference.apply_bpe(word, merges) for word in words}
    expect(
        all(len(symbols) == 1 for symbols in left.values()),
        en="training stopped while a pair was left: go on until each word is one symbol, even if a pair occurs once",
        fr="l'apprentissage s'arrête alors qu'il reste une paire : continuez jusqu'à un symbole par mot, même "
        "si une paire n'apparaît qu'une fois",
    )
    expect(
        len(merges) <= sum(len(word) for word in words),
        en="there are more merges than pairs to merge",
        fr="il y a plus de fusions que de paires à fusionner",
    )


@pytest.mark.group("train")
def test_small_corpora(student, reference, draw):
    taught = using_reference(student, reference)
    letter = draw.choice(LETTERS)
    of_nothing, none_asked, of_a_letter, of_repeats = taught.train_bpe.each(
        ({}, 3), ({letter * 3: 4}, 0), ({letter: 4}, 5), ({letter * 4: 4}, 1)
    )
    same(of_nothing, [], en="the merges of an empty corpus", fr="les fusions d'un corpus vide")
    same(
        none_asked,
        [],
        en="the merges when n_merges is 0",
        fr="les fusions quand n_merges vaut 0",
    )
    same(
        of_a_letter,
        [(letter, reference.END)],
        en="the merges of a word of one letter",
        fr="les fusions d'un mot d'une lettre",
    )
    same(
        of_repeats,
        [(letter, letter)],
        en="the first merge of a repeated letter",
        fr="la première fusion d'une lettre répétée",
    )


@pytest.mark.group("train")
def test_corpus_is_left_as_it_was(student, reference, draw):
    word_freqs = draw.once(lambda: clear_corpus(draw, reference, 2))
    taught = using_reference(student, reference)
    merges = unchanged(taught.train_bpe, word_freqs, 2, en="train_bpe", fr="train_bpe")
    expect_merges(merges, str)
    expect_same_merges(merges, reference.train_bpe(word_freqs, 2))


# ties


@pytest.mark.group("ties")
def test_ties_between_words_go_to_the_smallest_numbers(student, reference, draw):
    def drawn():
        corpora = [dict.fromkeys(draw_words(draw, "".join(draw.sample(LETTERS, 4)), 4, 4), 2) for _ in range(2)]
        by_hf = [hf_word_merges(reference.END, word_freqs, 5) for word_freqs in corpora]
        return corpora, agreed([reference.train_bpe(word_freqs, 5) for word_freqs in corpora], by_hf)

    corpora, expected = draw.once(drawn)
    learned = using_reference(student, reference).train_bpe.each(*((word_freqs, 5) for word_freqs in corpora))
    for merges, right in zip(learned, expected, strict=True):
        expect_merges(merges, str)
        expect_same_merges(merges, right)


@pytest.mark.group("ties")
def test_a_merged_symbol_is_numbered_after_the_letters_and_end(student, reference, draw):
    a, b, c, d, e = sorted(draw.sample(LETTERS, 5))
    end = reference.END
    merges = using_reference(student, reference).train_bpe({a: 8, d + e: 8, a + b + c: 8}, 5)
    expect_merges(merges, str)
    # Every pair occurs 8 times at every step: letters come first, then END, and merged symbols last.
    expect_same_merges(merges, [(a, b), (a, end), (c, end), (d, e), (a + b, c + end)])


@pytest.mark.group("ties")
def test_ties_between_bytes_go_to_the_smallest_ids(student, reference, draw):
    def drawn():
        texts = [draw.word("".join(draw.sample("abcdefgh", 4)), 8, 14) for _ in range(2)]
        by_hf = [hf_byte_merges(text, 4) for text in texts]
        return texts, agreed([reference.train_bytes(text, 4) for text in texts], by_hf)

    texts, expected = draw.once(drawn)
    learned = using_reference(student, reference).train_bytes.each(*((text, 4) for text in texts))
    for merges, right in zip(learned, expected, strict=True):
        expect_merges(merges, int)
        expect_same_merges(merges, right)


# apply


@pytest.mark.group("apply")
def test_words_are_split_as_by_hf(student, reference, draw):
    def learned():
        alphabet = "".join(draw.sample(LETTERS, 4))
        known = draw_words(draw, alphabet, 6, 5)
        merges = reference.train_bpe({word: draw.integer(2, 40) for word in known}, 7)
        hf = [tuple(part.replace(reference.END, STAND_IN) for part in pair) for pair in merges]
        words = [known[0], *draw_words(draw, alphabet, 2, 7)]
        by_hf = {
            word: [piece.replace(STAND_IN, reference.END) for piece in hf_pieces(word + STAND_IN, hf)] for word in words
        }
        return merges, agreed({word: reference.apply_bpe(word, merges) for word in words}, by_hf)

    taught = student.using(merge_pair=reference.merge_pair)
    for _ in range(2):
        merges, expected = draw.once(learned)
        split = taught.apply_bpe.each(*((word, merges) for word in expected))
        for word, symbols in zip(expected, split, strict=True):
            expect_symbols(symbols, word, reference.END)
            same(symbols, expected[word], en="the symbols of a word", fr="les symboles d'un mot")


@pytest.mark.group("apply")
def test_an_earlier_merge_wins(student, reference, draw):
    a, b, c, d = draw.sample(LETTERS, 4)
    end = reference.END
    merges = [(b, c), (a, b), (b + c, d), (a, b + c), (d, end), (c, d), (d, d + end), (d, a), (d + a, c)]
    taught = student.using(merge_pair=reference.merge_pair)
    cases = {
        a + b + c + d: [a, b + c + d, end],
        a + b + c: [a + b + c, end],
        a + b + d + c + d + d: [a + b, d, c + d, d + end],
        c + d + d: [c + d, d + end],
        d + a + c: [d + a + c, end],
    }
    split = [unchanged(taught.apply_bpe, word, merges, en="apply_bpe", fr="apply_bpe") for word in cases]
    for symbols, (word, expected) in zip(split, cases.items(), strict=True):
        expect_symbols(symbols, word, end)
        same(
            symbols,
            expected,
            en="the symbols where merges compete (the one learned first wins)",
            fr="les symboles quand des fusions sont en concurrence (la première apprise l'emporte)",
        )


@pytest.mark.group("apply")
def test_words_at_the_edge(student, reference, draw):
    a, b, unseen = draw.sample(LETTERS, 3)
    end = reference.END
    merges = [(a, b), (a + b, end)]
    taught = student.using(merge_pair=reference.merge_pair)
    cases = (
        (a + b, [], [a, b, end], "without merges", "sans fusion"),
        ("", merges, [end], "of an empty word", "d'un mot vide"),
        (a, merges, [a, end], "of a word of one letter", "d'un mot d'une lettre"),
        (
            unseen + a + b + "🦊",
            merges,
            [unseen, a + b, "🦊", end],
            "of a word with unseen characters",
            "d'un mot avec des caractères jamais vus",
        ),
        (
            a + b + a + b,
            merges,
            [a + b, a + b + end],
            "at the end of a word and inside it",
            "à la fin d'un mot et à l'intérieur",
        ),
        (
            a + end + b,
            merges,
            [a, *end, b, end],
            "of a text that contains the characters of END",
            "d'un texte qui contient les caractères de END",
        ),
    )
    split = taught.apply_bpe.each(*((word, learned) for word, learned, *_ in cases))
    for (word, _, expected, en, fr), symbols in zip(cases, split, strict=True):
        expect_symbols(symbols, word, end)
        same(symbols, expected, en=f"the symbols {en}", fr=f"les symboles {fr}")


def expect_symbols(symbols, word, end):
    expect(
        list_of(str, symbols),
        en="apply_bpe: a list of strings was expected",
        fr="apply_bpe : on attendait une liste de chaînes",
    )
    joined = "".join(symbols)
    expect(
        joined != word,
        en="END is missing: every word is closed by it before the merges are replayed",
        fr="END manque : chaque mot en est suivi avant de rejouer les fusions",
    )
    expect(
        joined == word + end,
        en="the symbols, joined, do not give the word followed by END",
        fr="les symboles, mis bout à bout, ne donnent pas le mot suivi de END",
    )


# bytes


@pytest.mark.group("bytes")
def test_byte_merges_match_reference_and_hf(student, reference, draw):
    def clear():
        text = clear_text(draw, reference, 4)
        return text, agreed(reference.train_bytes(text, 4), hf_byte_merges(text, 4))

    text, expected = draw.once(clear)
    merges = using_reference(student, reference).train_bytes(text, 4)
    expect_merges(merges, int)
    expect(
        all(0 <= part < 256 + number for number, pair in enumerate(merges) for part in pair),
        en="a merge uses an id that is neither a byte nor an earlier merge: merge number i makes the id 256 + i",
        fr="une fusion utilise un identifiant qui n'est ni un octet ni une fusion antérieure : la fusion numéro i "
        "crée l'identifiant 256 + i",
    )
    expect_same_merges(merges, expected)


@pytest.mark.group("bytes")
def test_byte_training_stops_when_pairs_run_out(student, reference, draw):
    taught = using_reference(student, reference)
    letter = draw.choice("abcdefgh")
    byte = ord(letter)
    of_nothing, of_a_byte, of_repeats, none_asked = taught.train_bytes.each(
        ("", 3), (letter, 3), (letter * 4, 9), (letter * 4, 0)
    )
    same(of_nothing, [], en="the byte merges of an empty text", fr="les fusions d'octets d'un texte vide")
    same(of_a_byte, [], en="the byte merges of one byte", fr="les fusions d'octets d'un seul octet")
    same(
        of_repeats,
        [(byte, byte), (256, 256)],
        en="the byte merges when pairs run out",
        fr="les fusions d'octets quand les paires s'épuisent",
    )
    same(
        none_asked,
        [],
        en="the byte merges when n_merges is 0",
        fr="les fusions d'octets quand n_merges vaut 0",
    )


@pytest.mark.group("bytes")
def test_ids_match_reference_and_hf(student, reference, draw):
    def drawn():
        text = draw.word("abcé ", 25, 35)
        merges = reference.train_bytes(text, 6)
        lines = (text, draw.word("abcé ", 10, 20), draw.word("abcéè🦊\n", 8, 14))
        by_hf = {line: hf_ids(line, merges) for line in lines}
        return merges, agreed({line: reference.encode(line, merges) for line in lines}, by_hf)

    merges, expected = draw.once(drawn)
    taught = student.using(merge_pair=reference.merge_pair)
    for line, right in expected.items():
        ids = unchanged(taught.encode, line, merges, en="encode", fr="encode")
        expect_ids(ids, merges)
        same(ids, right, en="the ids of a text", fr="les identifiants d'un texte")


@pytest.mark.group("bytes")
def test_an_earlier_byte_merge_wins(student, reference, draw):
    letters = draw.sample("abcdefghijklmnop", 4)
    a, b, c, d = map(ord, letters)
    taught = student.using(merge_pair=reference.merge_pair)
    cases = (
        ((0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 2), [(a, a), (a, b), (256, 257)], [258, d, 258, a, c]),
        ((0, 1, 2, 3, 0, 1), [(b, c), (a, b), (256, d)], [a, 258, 257]),
    )
    lines = ["".join(letters[position] for position in positions) for positions, _, _ in cases]
    encoded = taught.encode.each(*((line, merges) for line, (_, merges, _) in zip(lines, cases, strict=True)))
    for ids, (_, merges, expected) in zip(encoded, cases, strict=True):
        expect_ids(ids, merges)
        same(
            ids,
            expected,
            en="the ids where merges compete (the one learned first wins)",
            fr="les identifiants quand des fusions sont en concurrence (la première apprise l'emporte)",
        )


@pytest.mark.group("bytes")
def test_without_merges_ids_are_bytes(student, reference, draw):
    taught = student.using(merge_pair=reference.merge_pair)
    texts = ("", draw.word("aé🦊œ", 5, 9), "e\u0301\r\n\x00", "</w>")
    for text, ids in zip(texts, taught.encode.each(*((text, []) for text in texts)), strict=True):
        expect_ids(ids, [])
        same(
            ids,
            list(text.encode("utf-8")),
            en="the ids without merges (they are the UTF-8 bytes of the text, as it is)",
            fr="les identifiants sans fusion (ce sont les octets UTF-8 du texte, tel quel)",
        )


def expect_ids(ids, merges):
    expect(list_of(int, ids), en="encode: a list of ints was expected", fr="encode : on attendait une liste d'entiers")
    expect(
        all(0 <= token < 256 + len(merges) for token in ids),
        en="an id is neither a byte (0 to 255) nor a merge (256 + its number, from 0)",
        fr="un identifiant n'est ni un octet (0 à 255) ni une fusion (256 + son numéro, à partir de 0)",
    )


# decode


@pytest.mark.group("decode")
def test_decode_undoes_encode(student, reference, draw):
    def drawn():
        text = draw.word("abé", 20, 30)
        merges = reference.train_bytes(text, 8)
        lines = (text, draw.word("abcéà \n", 8, 16), "", "e\u0301")
        return merges, {line: reference.encode(line, merges) for line in lines}

    merges, encoded = draw.once(drawn)
    decoded = student.decode.each(*((ids, merges) for ids in encoded.values()))
    for line, text in zip(encoded, decoded, strict=True):
        same(text, line, en="the text of encoded ids", fr="le texte d'identifiants encodés")


@pytest.mark.group("decode")
def test_a_character_may_be_spread_over_ids(student, reference, draw):
    line = draw.word("🦊🐺é", 3, 6) + "a🦊"
    merges = [(240, 159), (97, 256), (166, 138), (257, 258)]
    for learned in ([], merges[:1], merges):
        ids = unchanged(student.decode, reference.encode(line, learned), learned, en="decode", fr="decode")
        same(
            ids,
            line,
            en="the text when a character is spread over several ids",
            fr="le texte quand un caractère est réparti sur plusieurs identifiants",
        )


@pytest.mark.group("decode")
def test_invalid_utf8_becomes_replacement_characters(student, draw):
    letter = ord(draw.choice("abcdefgh"))
    merges = [(letter, 195), (240, 159)]
    broken = (
        [letter, 195],
        [169, letter],
        [257, 166, letter, 255],
        [256, 169, 256, letter],
        [257],
        [240, 159, 166, 257],
    )
    for ids, text in zip(broken, student.decode.each(*((ids, merges) for ids in broken)), strict=True):
        data = b"".join({256: bytes([letter, 195]), 257: bytes([240, 159])}.get(i) or bytes([i]) for i in ids)
        same(
            text,
            data.decode("utf-8", errors="replace"),
            en="the text of bytes that are not valid UTF-8",
            fr="le texte d'octets qui ne sont pas de l'UTF-8 valide",
        )
