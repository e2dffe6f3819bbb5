"""Hidden suite of Vocabulary, special tokens, padding.

Covers cutting, the order of the vocabulary, both ways between text and ids, padding, truncation, masks and their edges.
Independent oracles: HF's `tokenizers` (NFC, its two cuts, WordLevel with its trainer and template, enable_padding and
enable_truncation), and rectangles laid by hand in plain lists. Everything is exact: the one tolerance is zero.
Does not cover speed, nor a vocabulary that lacks one of the four special tokens.
"""

import pytest
import torch
from tokenizers import Regex, Tokenizer, decoders, normalizers
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split, WhitespaceSplit
from tokenizers.processors import TemplateProcessing
from tokenizers.trainers import WordLevelTrainer

from autograder.checks import Tolerance, close, dtype, expect, parts, raises, same, shape, unchanged

EXACT = Tolerance(0.0, 0.0, "ids and masks are whole numbers")
CUTS = {"word": WhitespaceSplit(), "char": Split(Regex(r"[\s\S]"), "isolated")}
WORDS = [
    "le", "la", "Le", "chat", "chats", "rat", "Renard", "renard", "été", "forêt", "œuf", "ça", "dort", "dort,",
    "corbeau", "fromage", "l'eau", "zèbre", "Zoé", "âne", "loup", "!", "?", "«",
]  # fmt: skip
UNKNOWN = ["pizza", "robot", "Wagon", "naïf", "ñandú"]
LETTERS = "abcdeéàçZ. \n"


# HF's side


def hf_tokenizer(level, vocab, silent=()):
    """HF's WordLevel tokenizer for a vocabulary; the `silent` tokens are left out of decoded texts."""
    tokenizer = Tokenizer(WordLevel(vocab, unk_token="<unk>"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.NFC(), CUTS[level]
    if level == "char":
        tokenizer.decoder = decoders.Fuse()
    tokenizer.add_special_tokens(list(silent))
    return tokenizer


def hf_cut(text, level):
    """HF's tokens of a text."""
    return [token for token, _ in CUTS[level].pre_tokenize_str(normalizers.NFC().normalize_str(text))]


def hf_vocab(texts, level, specials):
    """The vocabulary that HF learns."""
    tokenizer = hf_tokenizer(level, {})
    trainer = WordLevelTrainer(vocab_size=1000, min_frequency=0, special_tokens=list(specials), show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer.get_vocab()


def hf_ids(text, vocab, level):
    """HF's ids of a text, between `<s>` and `</s>`."""
    tokenizer = hf_tokenizer(level, vocab)
    marks = [(token, vocab[token]) for token in ("<s>", "</s>")]
    tokenizer.post_processor = TemplateProcessing(single="<s> $A </s>", special_tokens=marks)
    return tokenizer.encode(text).ids


def hf_batch(rows, pad_id, max_len, side):
    """HF's ids and mask of rows that end with the id 1; the last id of a row comes from HF's template."""
    vocab = {str(number): number for number in range(60)} | {"<unk>": 60}
    tokenizer = hf_tokenizer("word", vocab)
    tokenizer.post_processor = TemplateProcessing(single="$A 1", special_tokens=[("1", 1)])
    if max_len is not None:
        tokenizer.enable_truncation(max_len)
    tokenizer.enable_padding(direction=side, pad_id=pad_id, pad_token=str(pad_id))
    batch = tokenizer.encode_batch([" ".join(map(str, row[:-1])) for row in rows])
    return [each.ids for each in batch], [[bool(real) for real in each.attention_mask] for each in batch]


# Rectangles by hand


def by_hand(rows, pad_id, max_len, side):
    """The padded rows and their mask in plain lists, one row at a time."""
    cut = [row if max_len is None or len(row) < max_len else row[: max_len - 1] + row[-1:] for row in rows]
    width = max([0, *map(len, cut)])
    padded, mask = [], []
    for row in cut:
        filling, real, void = [pad_id] * (width - len(row)), [True] * len(row), [False] * (width - len(row))
        padded.append(row + filling if side == "right" else filling + row)
        mask.append(real + void if side == "right" else void + real)
    return padded, mask


# Inputs


def ragged(draw, low, high, lengths):
    """Rows of random ids, low <= id < high, of these lengths in random order."""
    return [draw.integers(low, high, length).tolist() for length in draw.sample(lengths, len(lengths))]


def closed(draw, lengths):
    """Rows of these lengths that end with the id 1, holding the ids 0 and 2 to 49 elsewhere."""
    return [[draw.choice([0, *range(2, 50)]) for _ in row[1:]] + [1] for row in ragged(draw, 0, 1, lengths)]


def corpus(draw):
    """Three texts of 8 words, and these in the order of the vocabulary: counts 5, 5, 3, 2, 2, 1, 1, 1.

    Neither the order of first occurrence, nor the alphabet, nor the number of texts that hold a word gives it.
    """
    a, b, c, d, e, f, g, h = sorted(draw.sample(WORDS, 8))
    texts = ([h, d, g, g, c, c, c, a], [f, e, b, b, b, g], [b, f, e, g, g, b])
    return [draw.choice([" ", "  ", "\n"]).join(words) for words in texts], [b, g, c, e, f, a, d, h]


def word_vocab(draw, *more):
    """A vocabulary of 12 words, the four special tokens and more: the first five ids are words, the rest is mixed."""
    words = draw.sample(WORDS, 12)
    rest = [*words[5:], "<pad>", "<s>", "</s>", "<unk>", *more]
    order = words[:5] + draw.sample(rest, len(rest))
    return {token: number for number, token in enumerate(order)}, words


def char_vocab(draw):
    """A vocabulary of the letters "abcdé.", the space, the line break and the special tokens, in the same manner."""
    letters = draw.sample("abcdé. \n", 8)
    rest = [*letters[4:], "<pad>", "<s>", "</s>", "<unk>"]
    return {token: number for number, token in enumerate(letters[:4] + draw.sample(rest, len(rest)))}


# What a student returns


def list_of(kind, value):
    return type(value) is list and all(type(item) is kind for item in value)


def expect_tokens(tokens):
    expect(
        list_of(str, tokens),
        en="tokenize: a list of strings was expected",
        fr="tokenize : on attendait une liste de chaînes",
    )


def expect_ids(ids):
    expect(list_of(int, ids), en="encode: a list of ints was expected", fr="encode : on attendait une liste d'entiers")


def expect_vocab(vocab, order):
    """Holds for a dict that gives these tokens the ids 0, 1, 2, … in this order; says what is wrong first."""
    expect(
        type(vocab) is dict and all(type(token) is str and type(number) is int for token, number in vocab.items()),
        en="build_vocab: a dict from strings to ints was expected",
        fr="build_vocab : on attendait un dict qui associe des entiers à des chaînes",
    )
    missing, extra = len(set(order) - set(vocab)), len(set(vocab) - set(order))
    expect(
        not missing and not extra,
        en=f"the tokens of the vocabulary: {missing} missing, {extra} that should not be there",
        fr=f"les tokens du vocabulaire : {missing} manquant(s), {extra} qui ne devraient pas y être",
    )
    expect(
        sorted(vocab.values()) == list(range(len(order))),
        en="the ids of the vocabulary are not 0, 1, 2, …, each one once",
        fr="les identifiants du vocabulaire ne sont pas 0, 1, 2, …, chacun une fois",
    )
    mine = sorted(vocab, key=vocab.get)
    wrong = next((number for number, token in enumerate(order) if mine[number] != token), None)
    expect(
        wrong is None,
        en=f"id {wrong} is the first that another token should have: look at the order (specials, frequency, ties)",
        fr=f"l'identifiant {wrong} est le premier qui revient à un autre token : regardez l'ordre (spéciaux, fréquence, "
        "ex aequo)",
    )


def both(result):
    """(padded, mask) as returned."""
    return parts(result, 2, en="pad_batch: (padded, mask)", fr="pad_batch : (padded, mask)")


def expect_padded(padded, expected, en, fr):
    """Holds for an int64 tensor of these rows."""
    shape(padded, (len(expected), len(expected[0])), en=en, fr=fr)
    dtype(padded, torch.int64, en=en, fr=fr)
    close(padded, torch.tensor(expected), EXACT, en=en, fr=fr, picture=True)


def expect_mask(mask, expected, en, fr):
    """Holds for a bool tensor of these rows."""
    shape(mask, (len(expected), len(expected[0])), en=en, fr=fr)
    dtype(mask, torch.bool, en=en, fr=fr)
    expected = torch.tensor(expected)
    expect(
        bool((mask == expected).any()) or expected.numel() == 0,
        en=f"{en}: it is the opposite of what was expected; True means a real token",
        fr=f"{fr} : c'est l'inverse de ce qui était attendu ; True veut dire un vrai token",
    )
    close(mask, expected, EXACT, en=en, fr=fr, picture=True)


# tokens


@pytest.mark.group("tokens")
def test_words_match_reference_and_hf(student, reference, draw):
    words = [*draw.sample(WORDS, 6), "Re\u0301el,", "\ufb01n²", "A\u030a…", "(l'E\u0301TE\u0301)"]
    text = "  " + "".join(word + draw.choice([" ", "  ", "\t", "\n", "\u00a0"]) for word in draw.sample(words, 10))
    tokens = unchanged(student.tokenize, text, "word", en="tokenize", fr="tokenize")
    expect_tokens(tokens)
    expected = hf_cut(text, "word")
    same(tokens, expected, en="the words of a text", fr="les mots d'un texte")
    same(reference.tokenize(text, "word"), expected, en="the reference's words", fr="les mots de la référence")


@pytest.mark.group("tokens")
def test_characters_match_reference_and_hf(student, reference, draw):
    text = " " + draw.word(LETTERS, 8, 14) + "e\u0301\ufb01²" + draw.word(LETTERS, 3, 6) + "C\u0327\t🦊 \n"
    tokens = student.tokenize(text, "char")
    expect_tokens(tokens)
    expected = hf_cut(text, "char")
    same(tokens, expected, en="the characters of a text", fr="les caractères d'un texte")
    same(reference.tokenize(text, "char"), expected, en="the reference's", fr="ceux de la référence")


@pytest.mark.group("tokens")
def test_both_spellings_of_an_accent_give_the_same_tokens(student, draw):
    letters = draw.sample([("é", "e\u0301"), ("à", "a\u0300"), ("ç", "c\u0327"), ("ô", "o\u0302"), ("ï", "i\u0308")], 4)
    composed, apart = ("x".join(spelling) for spelling in zip(*letters, strict=True))
    for level, expected in (("char", list(composed)), ("word", [composed])):
        for text in (composed, apart):
            same(
                student.tokenize(text, level),
                expected,
                en="the tokens of accented letters, typed in one stroke or in two",
                fr="les tokens de lettres accentuées, tapées d'un coup ou en deux",
            )


@pytest.mark.group("tokens")
def test_texts_without_words_and_unknown_levels(student, draw):
    for text, level in (("", "word"), ("", "char"), (" \n ", "word")):
        same(student.tokenize(text, level), [], en="the tokens of an empty text", fr="les tokens d'un texte vide")
    for level in (draw.choice(["words", "wordpiece"]), draw.choice(["byte", "Word", "bpe"]), ""):
        raises(
            "ValueError",
            student.tokenize,
            draw.choice(WORDS),
            level,
            en="tokenize with an unknown level",
            fr="tokenize avec un niveau inconnu",
        )


# vocabulary


def build(student, reference, *arguments):
    """The student's vocabulary, built on the reference's tokens; the arguments must be left alone."""
    taught = student.using(tokenize=reference.tokenize)
    return unchanged(taught.build_vocab, *arguments, en="build_vocab", fr="build_vocab")


@pytest.mark.group("vocabulary")
def test_vocabulary_of_words_matches_reference_and_hf(student, reference, draw):
    texts, words = corpus(draw)
    order = [*reference.SPECIALS, *words]
    expect_vocab(build(student, reference, texts, "word"), order)
    expected = {token: number for number, token in enumerate(order)}
    same(hf_vocab(texts, "word", reference.SPECIALS), expected, en="HF's vocabulary", fr="le vocabulaire de HF")
    same(reference.build_vocab(texts, "word"), expected, en="the reference's", fr="celui de la référence")


@pytest.mark.group("vocabulary")
def test_vocabulary_of_characters_matches_reference_and_hf(student, reference, draw):
    texts = [draw.word(LETTERS, 15, 25) for _ in range(3)]
    specials = draw.sample(["<unk>", "<pad>", "</s>", "<mask>", "<s>"], draw.integer(2, 6))
    hf = hf_vocab(texts, "char", specials)
    same(reference.build_vocab(texts, "char", specials), hf, en="the reference's", fr="celui de la référence")
    expect_vocab(build(student, reference, texts, "char", specials), sorted(hf, key=hf.get))


@pytest.mark.group("vocabulary")
def test_special_tokens_come_first_in_the_order_given(student, reference, draw):
    texts, words = corpus(draw)
    for specials in (["<unk>", "<s>", "<mask>", "</s>", "<pad>"], ["<s>", "<pad>"], []):
        expect_vocab(build(student, reference, texts, "word", specials), [*specials, *words])


@pytest.mark.group("vocabulary")
def test_word_spelled_like_a_special_token_gets_no_second_id(student, reference, draw):
    rare, often, forged = *draw.sample(WORDS, 2), draw.choice(["<pad>", "</s>"])
    text = f"{often} {forged} {forged} {often} {forged} {rare} {often}"
    expect_vocab(build(student, reference, [text], "word"), [*reference.SPECIALS, often, rare])


@pytest.mark.group("vocabulary")
def test_vocabularies_of_next_to_nothing(student, reference, draw):
    word = draw.choice(WORDS)
    expect_vocab(build(student, reference, [], "word"), list(reference.SPECIALS))
    expect_vocab(build(student, reference, ["", " "], "word", ["<pad>"]), ["<pad>"])
    expect_vocab(build(student, reference, [word], "word", []), [word])


@pytest.mark.group("vocabulary")
def test_ties_go_by_code_point(student, reference, draw):
    words = ["Renard", "Zoé", "le", "renard", "zèbre", "«", "âne", "été"]
    expect_vocab(build(student, reference, draw.sample(words, 8), "word", []), words)


# encode


def encoded(student, reference, text, vocab, level):
    """The student's ids, made on the reference's tokens; the vocabulary must be left alone."""
    taught = student.using(tokenize=reference.tokenize)
    ids = unchanged(taught.encode, text, vocab, level, en="encode", fr="encode")
    expect_ids(ids)
    return ids


@pytest.mark.group("encode")
def test_ids_of_words_match_reference_and_hf(student, reference, draw):
    vocab, words = word_vocab(draw)
    sentence = draw.sample([*draw.sample(words, 5), *draw.sample(UNKNOWN, 2)], 7)
    for text in (" ".join(draw.sample(words, 4)), "  ".join(sentence), " ".join(UNKNOWN[:2] + words[:1])):
        ids = encoded(student, reference, text, vocab, "word")
        expect(
            ids[:1] == [vocab["<s>"]] and ids[-1:] == [vocab["</s>"]],
            en="the ids do not start with that of <s> and end with that of </s>, as this vocabulary numbers them",
            fr="les identifiants ne commencent pas par celui de <s> et ne finissent pas par celui de </s>, tels que ce "
            "vocabulaire les numérote",
        )
        expected = hf_ids(text, vocab, "word")
        same(ids, expected, en="the ids of a text", fr="les identifiants d'un texte")
        same(reference.encode(text, vocab, "word"), expected, en="the reference's", fr="ceux de la référence")


@pytest.mark.group("encode")
def test_ids_of_characters_match_reference_and_hf(student, reference, draw):
    vocab = char_vocab(draw)
    for text in (draw.word("abcdé. \n", 8, 14), "X" + draw.word("abe\u0301 \nYZ", 8, 14) + "ZZ", "<s>a<pad>"):
        expected = hf_ids(text, vocab, "char")
        same(
            encoded(student, reference, text, vocab, "char"),
            expected,
            en="the ids of a text, character by character",
            fr="les identifiants d'un texte, caractère par caractère",
        )
        same(reference.encode(text, vocab, "char"), expected, en="the reference's", fr="ceux de la référence")


@pytest.mark.group("encode")
def test_text_without_tokens_is_opened_and_closed(student, reference, draw):
    vocab, _ = word_vocab(draw)
    for text, level in (("", "word"), ("", "char"), (" \n", "word")):
        same(
            encoded(student, reference, text, vocab, level),
            [vocab["<s>"], vocab["</s>"]],
            en="the ids of an empty text",
            fr="les identifiants d'un texte vide",
        )


@pytest.mark.group("encode")
def test_word_spelled_like_a_special_token_has_its_id(student, reference, draw):
    vocab, words = word_vocab(draw)
    text = f"{words[0]} </s> {words[1]} <pad>"
    inner = [vocab[token] for token in text.split()]
    same(
        encoded(student, reference, text, vocab, "word"),
        [vocab["<s>"], *inner, vocab["</s>"]],
        en="the ids of words that are spelled like special tokens",
        fr="les identifiants de mots qui s'écrivent comme des tokens spéciaux",
    )


# decode


def decoded(student, ids, vocab, level):
    """The student's text; ids and vocabulary must be left alone."""
    return unchanged(student.decode, ids, vocab, level, en="decode", fr="decode")


def by_token(vocab):
    """The same vocabulary, stored in the order of the tokens, as a JSON file may give it back."""
    return dict(sorted(vocab.items()))


@pytest.mark.group("decode")
def test_text_of_words_matches_reference_and_hf(student, reference, draw):
    vocab, words = word_vocab(draw, "<mask>")
    inside = [*draw.sample(words, 5), "<unk>", "<mask>", "<pad>", "<s>", "</s>"]
    for tokens in (["<s>", *draw.sample(words, 6), "</s>", "<pad>", "<pad>"], draw.sample(inside, 10), words[:3]):
        ids = [vocab[token] for token in tokens]
        expected = hf_tokenizer("word", vocab, ["<pad>", "<s>", "</s>"]).decode(ids)
        for stored in (vocab, by_token(vocab)):
            same(
                decoded(student, ids, stored, "word"),
                expected,
                en="the text of ids of words",
                fr="le texte d'identifiants de mots",
            )
            same(reference.decode(ids, stored, "word"), expected, en="the reference's", fr="celui de la référence")


@pytest.mark.group("decode")
def test_text_of_characters_matches_reference_and_hf(student, reference, draw):
    vocab = char_vocab(draw)
    tokens = [" ", *draw.word("abcdé. \n", 8, 14), "<unk>", "a", "<pad>", "</s>", "b", "<s>", " ", "\n", "</s>"]
    ids = [vocab[token] for token in tokens]
    expected = hf_tokenizer("char", vocab, ["<pad>", "<s>", "</s>"]).decode(ids)
    same(
        decoded(student, ids, by_token(vocab), "char"),
        expected,
        en="the text of ids of characters",
        fr="le texte d'identifiants de caractères",
    )
    same(reference.decode(ids, vocab, "char"), expected, en="the reference's", fr="celui de la référence")


@pytest.mark.group("decode")
def test_unknown_stays_and_the_marks_vanish_wherever_they_stand(student, draw):
    vocab, words = word_vocab(draw)
    a, b = words[:2]
    cases = (
        ([a, "<unk>", "<unk>", b], f"{a} <unk> <unk> {b}", "where words were unknown", "où des mots étaient inconnus"),
        (["<unk>"], "<unk>", "of <unk> alone", "de <unk> seul"),
        ([a, "</s>", b, "<s>"], f"{a} {b}", "where the sequence goes on after </s>", "où la suite continue après </s>"),
        (["<pad>", "<pad>", "<s>", a], a, "padded on the left", "d'une suite complétée à gauche"),
        (["<s>", "</s>", "<pad>"], "", "of marks alone", "de marques seules"),
        ([], "", "of no ids", "sans aucun identifiant"),
    )
    for tokens, expected, en, fr in cases:
        ids = [vocab[token] for token in tokens]
        same(decoded(student, ids, vocab, "word"), expected, en=f"the text {en}", fr=f"le texte {fr}")


@pytest.mark.group("decode")
def test_decode_undoes_encode(student, reference, draw):
    words, letters = draw.sample(WORDS, 6), draw.word(LETTERS, 8, 14)
    for level, text in (("word", " ".join(words)), ("char", f" {letters}\n")):
        vocab = reference.build_vocab([text], level, draw.sample(reference.SPECIALS, 4))
        same(
            decoded(student, reference.encode(text, vocab, level), vocab, level),
            text,
            en="the text of encoded ids, when every token is known",
            fr="le texte d'identifiants encodés, quand chaque token est connu",
        )


# padding


@pytest.mark.group("padding")
def test_padded_rows_match_reference_hand_and_hf(student, reference, draw):
    rows, pad_id = closed(draw, [2, 7, 4, 5]), draw.integer(50, 60)
    for side in ("right", "left"):
        for max_len in (None, 9, 4, 7):
            expected, _ = by_hand(rows, pad_id, max_len, side)
            padded, _ = both(student.pad_batch(rows, pad_id, max_len, side))
            expect_padded(padded, expected, "padded", "padded")
            same(hf_batch(rows, pad_id, max_len, side)[0], expected, en="HF's", fr="celui de HF")
            same(reference.pad_batch(rows, pad_id, max_len, side)[0].tolist(), expected, en="ours", fr="la référence")


@pytest.mark.group("padding")
def test_row_cut_short_keeps_its_first_ids_and_its_last(student, draw):
    row = draw.sample(range(100), 8)
    for side in ("right", "left"):
        for max_len in (1, 2, 3, 7, 8):
            padded, _ = both(student.pad_batch([row, row[:1]], 100, max_len, side))
            shape(padded, (2, max_len), en="padded after truncation", fr="padded après troncature")
            dtype(padded, torch.int64, en="padded after truncation", fr="padded après troncature")
            expect(
                int(padded[0, -1]) == row[-1],
                en="a row cut short lost its last id: the sequence has no end any more",
                fr="une ligne coupée a perdu son dernier identifiant : la suite n'a plus de fin",
            )
            same(
                padded[0].tolist(),
                row[: max_len - 1] + row[-1:],
                en="a row cut short",
                fr="une ligne coupée",
            )


@pytest.mark.group("padding")
def test_rectangle_is_as_wide_as_the_longest_row(student, draw):
    rows, longest = ragged(draw, 0, 9, [3, 1, 5]), 5
    for max_len in (5, 6, 20, None):
        padded, _ = both(student.pad_batch(rows, 9, max_len))
        shape(
            padded,
            (3, longest),
            en="padded when no row reaches beyond max_len",
            fr="padded quand aucune ligne ne dépasse max_len",
        )


@pytest.mark.group("padding")
def test_filling_is_pad_id_and_goes_right_unless_told(student, draw):
    rows = ragged(draw, 0, 9, [4, 2, 3])
    for pad_id in (0, draw.integer(9, 50_000), -100):
        padded, _ = both(student.pad_batch(rows, pad_id))
        expected, _ = by_hand(rows, pad_id, None, "right")
        expect_padded(padded, expected, "padded, with the defaults", "padded, avec les valeurs par défaut")


# mask


@pytest.mark.group("mask")
def test_mask_matches_reference_hand_and_hf(student, reference, draw):
    rows, pad_id = closed(draw, [2, 7, 4, 5]), draw.integer(50, 60)
    _, expected = by_hand(rows, pad_id, None, "right")
    _, mask = both(student.pad_batch(rows, pad_id))
    expect_mask(mask, expected, "the mask of a batch", "le masque d'un lot")
    same(hf_batch(rows, pad_id, None, "right")[1], expected, en="HF's mask", fr="le masque de HF")
    for max_len, side in ((None, "right"), (4, "right"), (4, "left")):
        ours = reference.pad_batch(rows, pad_id, max_len, side)[1].tolist()
        same(ours, hf_batch(rows, pad_id, max_len, side)[1], en="ours", fr="la référence")


@pytest.mark.group("mask")
def test_mask_covers_rows_as_they_are_after_truncation(student, draw):
    rows, max_len = ragged(draw, 0, 9, [2, 7, 5]), 4
    padded, mask = tensors(student.pad_batch(rows, 9, max_len))
    # A row cut short may fill the student's own rectangle: another width or another cut is a matter of padding.
    kept = mask.sum(dim=1).tolist()
    expect(
        len(kept) == len(rows)
        and all(
            count == 2 if len(row) == 2 else count in (max_len, padded.shape[1])
            for count, row in zip(kept, rows, strict=True)
        ),
        en="after truncation, your mask keeps another number of positions in a row than the row has ids",
        fr="après troncature, votre masque garde dans une ligne un autre nombre de positions qu'elle n'a d'identifiants",
    )


@pytest.mark.group("mask")
def test_mask_is_true_where_real_tokens_stand_on_either_side(student, draw):
    rows = ragged(draw, 1, 50, [3, 6, 2])
    for side in ("left", "right"):
        padded, mask = tensors(student.pad_batch(rows, 0, None, side))
        # Padding on the wrong side is a matter of padding: there, a mask that goes along with the ids is right.
        if mask.tolist() != by_hand(rows, 0, None, side)[1]:
            close(
                padded[mask],
                torch.tensor([number for row in rows for number in row]),
                EXACT,
                en="your padded[mask], the ids that your mask calls real",
                fr="votre padded[mask], les identifiants que votre masque dit réels",
            )


def tensors(result):
    """(padded, mask) as returned, when they are two tensors of one shape [B, T], the mask a bool one."""
    padded, mask = both(result)
    expect(
        type(padded) is torch.Tensor and padded.ndim == 2,
        en="padded: a tensor of shape [B, T] was expected",
        fr="padded : on attendait un tenseur de forme [B, T]",
    )
    shape(mask, padded.shape, en="the mask beside padded", fr="le masque, à côté de padded")
    dtype(mask, torch.bool, en="the mask beside padded", fr="le masque, à côté de padded")
    return padded, mask


@pytest.mark.group("mask")
def test_real_token_may_have_id_0_or_pad_id(student, draw):
    for pad_id in (draw.integer(1, 9), 0):
        rows = ragged(draw, 1, 9, [5, 3, 4])
        for row in rows:
            row[0], row[-1] = 0, pad_id
        _, mask = both(student.pad_batch(rows, pad_id))
        expect_mask(
            mask,
            by_hand(rows, pad_id, None, "right")[1],
            "the mask when real tokens have the ids 0 and pad_id",
            "le masque quand de vrais tokens ont les identifiants 0 et pad_id",
        )


@pytest.mark.group("mask")
def test_rows_of_one_length_need_no_padding(student, draw):
    for lengths in ([3, 3], [1, 1, 1], [4]):
        rows = ragged(draw, 0, 9, lengths)
        _, mask = both(student.pad_batch(rows, 9))
        expect_mask(
            mask,
            [[True] * len(row) for row in rows],
            "the mask of rows of one length",
            "le masque de lignes de même longueur",
        )


# edges


def expect_like(results, size, usual, en, fr):
    """Holds when both tensors have this shape, and the dtypes that this student gives to other batches."""
    for result, ordinary, name in zip(results, usual, ("padded", "mask"), strict=True):
        shape(result, size, en=f"{name} {en}", fr=f"{name} {fr}")
        expect(
            str(result.dtype) == str(getattr(ordinary, "dtype", None)),
            en=f"{name} {en}: its dtype is not the one of other batches",
            fr=f"{name} {fr} : son dtype n'est pas celui des autres lots",
        )


@pytest.mark.group("edges")
def test_batches_without_tokens(student, draw):
    usual = both(student.pad_batch([[1, 2]], 0))
    for max_len in (None, draw.integer(1, 5)):
        for side in ("right", "left"):
            none = both(student.pad_batch([], 0, max_len, side))
            expect_like(none, (0, 0), usual, "of a batch without rows", "d'un lot sans lignes")
            empty = both(student.pad_batch([[], [], []], 0, max_len, side))
            expect_like(empty, (3, 0), usual, "of a batch of empty rows", "d'un lot de lignes vides")


@pytest.mark.group("edges")
def test_empty_row_among_others_is_all_padding(student, draw):
    row = draw.sample(range(1, 50), 4)
    for side in ("right", "left"):
        padded, mask = both(student.pad_batch([[], row, []], 0, None, side))
        close(
            padded,
            torch.tensor([[0] * 4, row, [0] * 4]),
            EXACT,
            en="padded, with empty rows",
            fr="padded, avec des lignes vides",
        )
        shape(mask, (3, 4), en="the mask, with empty rows", fr="le masque, avec des lignes vides")
        for empty in (0, 2):
            close(
                torch.as_tensor(mask[empty]).double() + torch.as_tensor(mask[1]).double(),
                torch.ones(4),
                EXACT,
                en="the mask of an empty row, added to that of a row as long as the batch",
                fr="le masque d'une ligne vide, ajouté à celui d'une ligne aussi longue que le lot",
            )


@pytest.mark.group("edges")
def test_rows_given_are_left_alone(student, draw):
    rows = ragged(draw, 0, 9, [2, 6, 4])
    for max_len, side in ((None, "right"), (3, "right"), (None, "left"), (3, "left")):
        unchanged(student.pad_batch, rows, 0, max_len, side, en="pad_batch", fr="pad_batch")


@pytest.mark.group("edges")
def test_unknown_side_is_an_error(student, draw):
    rows = ragged(draw, 0, 9, [2, 3])
    for side in (draw.choice(["top", "both", "centre"]), ""):
        raises(
            "ValueError",
            student.pad_batch,
            rows,
            0,
            None,
            side,
            en="pad_batch with an unknown side",
            fr="pad_batch avec un côté inconnu",
        )
