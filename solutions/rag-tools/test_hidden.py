"""Hidden suite of rag-tools: BM25, nearest vectors, passages, prompts, calls of tools and the loop of an agent.

Independent oracles: BM25 from a matrix of counts in numpy, cosines and ranks one by one with `math.fsum`, windows and
prompts built by loops of their own, and a model that recites, whose every reading is kept. Texts, calls and ranks are
exact. Model and tools are trusted functions, called back from the student's process; they raise where a tool should,
which arrives there as a RuntimeError. Does not cover speed.
"""

import json
import math

import numpy as np
import pytest
import torch

from autograder.checks import FLOAT32, Tolerance, close, dtype, expect, parts, raises, same, same_data, shape, unchanged

SCORES = Tolerance(1e-5, 1e-6, "a sum of at most seven terms, in float64 or in float32")

# "fox" is part of "foxes" and differs from "Fox": words are compared whole and as they are.
WORDS = ("fox", "foxes", "Fox", "crow", "cheese", "tree", "été", "a")
INSTRUCTION = "Answer from the passages below and cite their numbers. If they do not hold the answer, say so."
MALFORMED = {"error": "malformed call"}


# bm25


def counted(query, docs, k1, b):
    """BM25 from the matrix of counts [N, V]: `counted(["a"], [["a"], []], 1.0, 0.0) -> [ln 2 / 2, 0]`"""
    vocabulary = sorted({*query, *(word for doc in docs for word in doc)})
    tf = np.array([[doc.count(word) for word in vocabulary] for doc in docs], dtype=float)
    asked = np.array([query.count(word) for word in vocabulary], dtype=float)
    present = (tf > 0).sum(axis=0)
    idf = np.log((len(docs) + 1) / (present + 0.5))
    lengths = tf.sum(axis=1, keepdims=True)
    below = tf + k1 * (1 - b + b * lengths / lengths.mean())
    return (np.divide(tf, below, out=np.zeros_like(tf), where=tf > 0) * idf * asked).sum(axis=1)


def corpus(draw, count):
    """Documents of 1 to 12 words, of different lengths; word "a" is in all of them but the last, which is empty."""
    docs = [["a", *(draw.choice(WORDS) for _ in range(draw.integer(0, 3) + 2 * i))] for i in range(count - 1)]
    return [*docs, []]


def numbers(value, count):
    """The student's scores as an array, once they are known to be a list of so many floats."""
    expect(
        type(value) is list and all(isinstance(score, float) or (type(score) is int and score == 0) for score in value),
        en="bm25 returns a list of floats, one per document",
        fr="bm25 renvoie une liste de floats, un par document",
    )
    expect(
        len(value) == count,
        en=f"bm25 returned {len(value)} scores for {count} documents",
        fr=f"bm25 a renvoyé {len(value)} scores pour {count} documents",
    )
    scores = np.array(value, dtype=float)
    expect(
        bool(np.isfinite(scores).all()),
        en="a score is NaN or infinite: a word that is not there adds exactly 0",
        fr="un score vaut NaN ou l'infini : un mot absent ajoute exactement 0",
    )
    return scores


@pytest.mark.group("bm25")
def test_scores_are_those_of_the_matrix_of_counts(student, reference, draw):
    docs = corpus(draw, 7)
    for k1, b in ((1.2, 0.75), (0.5 + draw.integer(0, 9) / 4, 0.2 + draw.integer(0, 4) / 8), (2.0, 1.0), (1.5, 0.0)):
        query = [*draw.sample(WORDS, 4), "a", "fox"]
        scores = numbers(student.bm25(query, docs, k1, b), 7)
        expect(
            bool((scores >= 0).all()),
            en="a score is negative: a word that most documents hold still has a positive idf in this variant",
            fr="un score est négatif : même un mot que la plupart des documents contiennent a un idf positif dans cette "
            "variante",
        )
        expect(
            scores[-1] == 0,
            en="an empty document has a score that is not 0",
            fr="un document vide a un score qui n'est pas 0",
        )
        close(scores, counted(query, docs, k1, b), SCORES, en="the scores", fr="les scores")
        close(scores, np.array(reference.bm25(query, docs, k1, b)), SCORES, en="the scores", fr="les scores")


@pytest.mark.group("bm25")
def test_rare_words_weigh_more_than_common_ones(student, draw):
    names = draw.sample(WORDS, 3)
    docs = [[names[0], names[1]], [names[0], names[2]], [names[0], names[2]], [names[0], names[0]]]
    scores = [numbers(student.bm25([name], docs, 1.0, 1.0), 4) for name in names]
    expect(
        scores[1][0] > scores[2][1] > scores[0][1],
        en="a word of one document, of two and of all four: the rarer one must weigh more",
        fr="un mot d'un seul document, de deux, et des quatre : le plus rare doit peser davantage",
    )
    for name, score in zip(names, scores, strict=True):
        close(score, counted([name], docs, 1.0, 1.0), SCORES, en="the score of one word", fr="le score d'un seul mot")


@pytest.mark.group("bm25")
def test_a_repeated_query_word_counts_each_time(student, draw):
    docs = corpus(draw, 5)
    first, second = draw.sample(WORDS, 2)
    docs[0] += [first, second]
    docs[1] += [first]
    once, thrice = student.bm25([first], docs), student.bm25([first, first, first], docs)
    close(
        numbers(thrice, 5),
        3 * numbers(once, 5),
        SCORES,
        en="the scores of a query that says its one word three times",
        fr="les scores d'une requête qui dit trois fois son seul mot",
    )
    mixed = numbers(student.bm25([second, first, second], docs), 5)
    close(
        mixed,
        counted([first, second, second], docs, 1.2, 0.75),
        SCORES,
        en="the scores of a query with a repeated word, k1 and b left at their defaults",
        fr="les scores d'une requête avec un mot répété, k1 et b laissés à leurs valeurs par défaut",
    )


@pytest.mark.group("bm25")
def test_nothing_to_find(student, draw):
    docs = corpus(draw, 4)
    same(student.bm25(draw.sample(WORDS, 2), []), [], en="scores of an empty corpus", fr="les scores d'un corpus vide")
    for query, given, en, fr in (
        ([], docs, "an empty query", "une requête vide"),
        (["wolf", "Crow"], docs, "words that no document holds", "des mots qu'aucun document ne contient"),
        (draw.sample(WORDS, 3), [[], [], []], "documents that are all empty", "des documents tous vides"),
    ):
        for k1, b in ((1.2, 0.75), (0.0, 1.0)):
            scores = numbers(student.bm25(query, given, k1, b), len(given))
            expect(
                bool((scores == 0).all()),
                en=f"{en}: a score is not 0",
                fr=f"{fr} : un score n'est pas 0",
            )


@pytest.mark.group("bm25")
def test_extreme_k1_and_b(student, draw):
    docs, query = corpus(draw, 6), ["a", *draw.sample(WORDS, 3)]
    for k1, b in ((0.0, 0.75), (0.0, 1.0), (1.2, 1.0), (50.0, 0.0), (0.0, 0.0)):
        scores = numbers(student.bm25(query, docs, k1, b), 6)
        close(
            scores,
            counted(query, docs, k1, b),
            SCORES,
            en="scores when k1 or b is extreme",
            fr="les scores quand k1 ou b est extrême",
        )


@pytest.mark.group("bm25")
def test_one_document_and_nothing_modified(student, draw):
    doc = ["a", *draw.sample(WORDS, 4)]
    query = [doc[2], doc[1]]
    scores = unchanged(student.bm25, query, [doc], 1.2, 0.5, en="bm25", fr="bm25")
    close(
        numbers(scores, 1),
        counted(query, [doc], 1.2, 0.5),
        SCORES,
        en="the score of a lone document",
        fr="le score d'un document seul",
    )


# cosine_topk


def ranked(query, docs):
    """(row, cosine) of every row, best first: one row at a time, in exact sums."""
    q = query.tolist()
    found = []
    for row, d in enumerate(docs.tolist()):
        size = math.sqrt(math.fsum(x * x for x in d)) * math.sqrt(math.fsum(x * x for x in q))
        found.append((row, math.fsum(x * y for x, y in zip(d, q, strict=True)) / size if size else 0.0))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def look_at_nearest(actual, query, docs, k):
    """Compares (indices, scores) with the ranks one by one, and says in which way they differ."""
    indices, scores = parts(actual, 2, en="(indices, scores)", fr="(indices, scores)")
    expected = ranked(query, docs)[:k]
    shape(indices, (len(expected),), en="indices", fr="indices")
    dtype(indices, torch.int64, en="indices", fr="indices")
    shape(scores, (len(expected),), en="scores", fr="scores")
    dtype(scores, docs.dtype, en="scores", fr="scores")
    expect(
        bool(torch.isfinite(scores).all()),
        en="a score is NaN or infinite: a vector of zeros has cosine 0 with everything",
        fr="un score vaut NaN ou l'infini : un vecteur nul a un cosinus de 0 avec tout autre",
    )
    cosines = dict(ranked(query, docs))
    expect(
        all(row in cosines for row in indices.tolist()) and len(set(indices.tolist())) == len(expected),
        en="indices: they are not row numbers of docs, each at most once",
        fr="indices : ce ne sont pas des numéros de lignes de docs, chacun au plus une fois",
    )
    close(
        scores,
        torch.tensor([cosines[row] for row in indices.tolist()], dtype=torch.float64),
        FLOAT32,
        en="scores: the cosines of the rows that your indices name",
        fr="scores : les cosinus des lignes que nomment vos indices",
    )
    close(
        scores,
        torch.tensor([cosine for _, cosine in expected], dtype=torch.float64),
        FLOAT32,
        en="scores: the highest cosines, from the highest down",
        fr="scores : les plus grands cosinus, en ordre décroissant",
    )
    expect(
        indices.tolist() == [row for row, _ in expected],
        en="indices: of rows with equal cosines, the lower row number does not come first",
        fr="indices : parmi des lignes de même cosinus, le plus petit numéro de ligne ne vient pas d'abord",
    )


def clear_vectors(draw, rows, width):
    """A query and rows of many lengths, no two of whose cosines are close."""
    while True:
        query, docs = draw.normal(width), draw.normal(rows, width) * draw.uniform(rows, 1, low=0.1, high=5.0)
        cosines = sorted(cosine for _, cosine in ranked(query, docs))
        if all(later - earlier > 1e-3 for earlier, later in zip(cosines, cosines[1:], strict=False)):
            return query, docs


@pytest.mark.group("cosine")
def test_nearest_rows_and_their_cosines(student, reference, draw):
    for k in (1, 4, 9):
        query, docs = clear_vectors(draw, 9, 6)
        actual = student.cosine_topk(query, docs, k)
        look_at_nearest(actual, query, docs, k)
        for value, want, name in zip(actual, reference.cosine_topk(query, docs, k), ("indices", "scores"), strict=True):
            close(value, want, FLOAT32, en=name, fr=name)
    query, docs = clear_vectors(draw, 5, 7)
    look_at_nearest(student.cosine_topk(query.double(), docs.double(), 3), query.double(), docs.double(), 3)
    look_at_nearest(student.cosine_topk(query, docs.T.contiguous().T, 3), query, docs, 3)


@pytest.mark.group("cosine")
def test_equal_cosines_come_in_the_order_of_their_rows(student, draw):
    # Every norm is a power of 2 and every product a small integer: equal cosines are equal to the last bit.
    patterns = ([1, 1, 1, 1], [1, -1, 1, 1], [1, 1, -1, -1], [0, 2, 0, 0], [-1, -1, -1, -1])
    query = torch.tensor(patterns[0], dtype=torch.float32)
    for k in (3, 8, 15):
        kinds = [kind for kind in range(5) for _ in range(3)]
        rows = [torch.tensor(patterns[kinds[i]], dtype=torch.float32) for i in draw.sample(range(15), 15)]
        docs = torch.stack(rows) * torch.tensor([[draw.choice((1.0, 2.0, 4.0))] for _ in rows])
        look_at_nearest(student.cosine_topk(query, docs, k), query, docs, k)


@pytest.mark.group("cosine")
def test_vectors_of_zeros(student, draw):
    query, docs = clear_vectors(draw, 8, 5)
    docs[0], docs[1] = query, -query  # at least one cosine on either side of 0
    docs[draw.sample(range(2, 8), 2)] = 0.0
    for k in (8, 6):
        look_at_nearest(student.cosine_topk(query, docs, k), query, docs, k)
    look_at_nearest(student.cosine_topk(torch.zeros(5), docs, 4), torch.zeros(5), docs, 4)


@pytest.mark.group("cosine")
def test_more_rows_asked_for_than_there_are_or_none(student, draw):
    query, docs = clear_vectors(draw, 4, 3)
    for given, k in ((docs, 7), (docs, 5), (docs, 0), (docs[:1], 2), (docs[:0], 3)):
        look_at_nearest(student.cosine_topk(query, given, k), query, given, k)


@pytest.mark.group("cosine")
def test_vectors_are_left_alone(student, draw):
    query, docs = clear_vectors(draw, 4, 3)
    docs[2] = 0.0
    actual = unchanged(student.cosine_topk, query, docs, 3, en="cosine_topk", fr="cosine_topk")
    look_at_nearest(actual, query, docs, 3)


# chunk


def windows(tokens, size, overlap):
    """The windows one after the other, until one reaches the end."""
    found, begin = [], 0
    while len(tokens) > 0:
        found.append(tokens[begin : begin + size])
        if begin + size >= len(tokens):
            break
        begin += size - overlap
    return found


def look_at_chunks(actual, tokens, size, overlap):
    """Says which of the rules the chunks break, before comparing to the letter. The tokens are all different."""
    expect(
        type(actual) is list
        and all(
            type(piece) is list and all(token is None or type(token) in (int, str) for token in piece)
            for piece in actual
        ),
        en="chunk returns a list of lists of the tokens given",
        fr="chunk renvoie une liste de listes des tokens donnés",
    )
    lost = [token for token in tokens if not any(token in piece for piece in actual)]
    expect(
        not lost,
        en=f"{len(lost)} of {len(tokens)} tokens stand in no chunk",
        fr=f"{len(lost)} tokens sur {len(tokens)} ne figurent dans aucun morceau",
    )
    expect(
        all(piece for piece in actual),
        en="a chunk is empty: without tokens there are no chunks",
        fr="un morceau est vide : sans tokens, il n'y a pas de morceaux",
    )
    expect(
        all(token in tokens for piece in actual for token in piece),
        en="a chunk holds something that is not among the tokens: nothing is filled up",
        fr="un morceau contient autre chose que des tokens donnés : on ne complète rien",
    )
    expect(
        all(len(piece) <= size for piece in actual) and all(len(piece) == size for piece in actual[:-1]),
        en="a chunk that is not the last has not exactly `size` tokens, or the last has more",
        fr="un morceau qui n'est pas le dernier n'a pas exactement `size` tokens, ou le dernier en a plus",
    )
    new = [set(piece).difference(*actual[:i]) for i, piece in enumerate(actual)]
    expect(
        all(new),
        en="a chunk holds no token that the earlier ones do not hold already: the last chunk is the first that reaches "
        "the end",
        fr="un morceau ne contient aucun token que les précédents n'aient déjà : le dernier morceau est le premier qui "
        "atteint la fin",
    )
    same(actual, windows(tokens, size, overlap), en="the chunks", fr="les morceaux")


@pytest.mark.group("chunk")
def test_windows_overlap_and_stop_at_the_end(student, reference, draw):
    size = draw.integer(4, 7)
    for overlap in (0, 1, size - 2, size - 1):
        step = size - overlap
        for count in (size, size + 1, size + step, size + 2 * step, size + 3 * step + 1, size + 4 * step - 1):
            tokens = draw.sample(range(100, 100 + count), count)
            actual = student.chunk(tokens, size, overlap)
            look_at_chunks(actual, tokens, size, overlap)
            same(actual, reference.chunk(tokens, size, overlap), en="the chunks", fr="les morceaux")


@pytest.mark.group("chunk")
def test_short_and_empty_texts(student, draw):
    for count in (0, 1, 2, 3):
        tokens = [f"{draw.word('abcé', 1, 4)}{i}" for i in range(count)]
        for size, overlap in ((4, 3), (4, 0), (3, 2), (1, 0), (2, 1)):
            look_at_chunks(student.chunk(tokens, size=size, overlap=overlap), tokens, size, overlap)


@pytest.mark.group("chunk")
def test_windows_that_leave_gaps_or_hold_nothing_are_refused(student, draw):
    size = draw.integer(2, 6)
    tokens = draw.sample(range(30), 12)
    for given in (tokens, tokens[:1], []):
        for wrong, overlap, en, fr in (
            (size, -1, "a negative overlap", "un overlap négatif"),
            (0, 0, "a size of 0", "une size de 0"),
            (-2, -3, "a negative size", "une size négative"),
        ):
            raises("ValueError", student.chunk, given, wrong, overlap, en=en, fr=fr)


@pytest.mark.group("chunk")
def test_windows_that_never_move_forward_are_refused(student, draw):
    size = draw.integer(2, 6)
    tokens = draw.sample(range(30), 12)
    for given in (tokens, tokens[:1], []):
        for overlap, en, fr in (
            (size, "an overlap as large as the size", "un overlap égal à size"),
            (size + 1, "an overlap larger than the size", "un overlap plus grand que size"),
        ):
            raises("ValueError", student.chunk, given, size, overlap, en=en, fr=fr)


@pytest.mark.group("chunk")
def test_tokens_are_left_alone(student, draw):
    tokens = draw.sample(range(50), 11)
    look_at_chunks(unchanged(student.chunk, tokens, 4, 2, en="chunk", fr="chunk"), tokens, 4, 2)


# build_prompt

BLANKS = (" ", "\n", "\t", "  ", " \n\n ", "\u00a0", "\r\n")


def one_line(text):
    return " ".join(text.split())


def passage(draw, count):
    """A text of so many words between all kinds of white space."""
    pieces = [draw.word("abcdeé", 2, 6) + draw.choice(BLANKS) for _ in range(count)]
    return draw.choice(("", " ", "\n")) + "".join(pieces)


def prompt_lines(value, question, shown):
    """The lines between instruction and question of a prompt, once its frame is known to be right."""
    expect(type(value) is str, en="build_prompt returns one text (str)", fr="build_prompt renvoie un seul texte (str)")
    expect(
        value.startswith(INSTRUCTION + "\n\n"),
        en="the prompt does not begin with INSTRUCTION and an empty line",
        fr="le prompt ne commence pas par INSTRUCTION et une ligne vide",
    )
    expect(
        value.endswith("\nAnswer:"),
        en="the prompt does not end with the line `Answer:`, and nothing after it",
        fr="le prompt ne finit pas par la ligne `Answer:`, sans rien après",
    )
    expect(
        value.endswith(f"\n\nQuestion: {one_line(question)}\nAnswer:"),
        en="the question does not stand on one line of its own, after an empty line, with single spaces between its words",
        fr="la question n'est pas seule sur une ligne, après une ligne vide, avec une seule espace entre ses mots",
    )
    body = value[len(INSTRUCTION) + 2 : value.rindex("\n\nQuestion: ")]
    expect(
        shown > 0 or body == "(no passage)",
        en="nothing may be shown, and the line NO_PASSAGE does not stand in place of the passages, by itself",
        fr="rien ne peut être montré, et la ligne NO_PASSAGE n'est pas, seule, à la place des passages",
    )
    return body.split("\n")


def look_at_prompt(value, question, expected):
    """Says what is wrong with the passages shown. `expected`: their one-line texts, in order."""
    lines = prompt_lines(value, question, len(expected))
    if not expected:
        return
    expect(
        all(line.startswith("[") for line in lines),
        en="a line between instruction and question does not begin with a number in brackets: each passage is one line",
        fr="une ligne entre l'instruction et la question ne commence pas par un numéro entre crochets : chaque passage "
        "tient sur une ligne",
    )
    labels, texts = [line.partition(" ")[0] for line in lines], [line.partition(" ")[2] for line in lines]
    expect(
        all(text == one_line(text) and text for text in texts),
        en="a passage shown is blank, or keeps other white space than one space between words",
        fr="un passage montré est blanc, ou garde d'autres blancs qu'une seule espace entre les mots",
    )
    expect(
        len(set(texts)) == len(texts),
        en="the same passage is shown twice",
        fr="le même passage est montré deux fois",
    )
    expect(
        all(text in expected for text in texts),
        en="a passage is shown that does not fit, that comes after one that does not fit, or that is not whole",
        fr="un passage montré ne tient pas dans le budget, vient après un passage qui n'y tient pas, ou n'est pas entier",
    )
    expect(
        len(texts) == len(expected),
        en="a passage that fits is not shown",
        fr="un passage qui tient dans le budget n'est pas montré",
    )
    same(texts, expected, en="the order of the passages", fr="l'ordre des passages")
    same(
        labels,
        [f"[{n}]" for n in range(1, len(lines) + 1)],
        en="the numbers of the passages",
        fr="les numéros des passages",
    )


@pytest.mark.group("prompt")
def test_each_passage_is_one_numbered_line(student, reference, draw):
    given = [passage(draw, draw.integer(3, 7)) + f"{i}\nQuestion:  who?\n\nAnswer: me{BLANKS[i]}" for i in range(4)]
    question = f" Why\n\n{draw.word('abc', 2, 5)}\t?\nAnswer: no "
    prompt = student.build_prompt(question, given)
    look_at_prompt(prompt, question, [one_line(text) for text in given])
    same(prompt, reference.build_prompt(question, given), en="the prompt", fr="le prompt")


@pytest.mark.group("prompt")
def test_blank_and_repeated_passages_take_no_place(student, draw):
    first, second, third = (passage(draw, 3) + f"{i}" for i in range(3))
    given = [" \n", first, "", second, first.replace(" ", "\n ") + "\n", one_line(second), " \t", third, first]
    question = draw.word("abc", 2, 5)
    kept = [one_line(text) for text in (first, second, third)]
    look_at_prompt(student.build_prompt(question, given), question, kept)
    exact = sum(len(text.split()) for text in kept)
    look_at_prompt(student.build_prompt(question, given, exact), question, kept)
    look_at_prompt(student.build_prompt(question, given, exact - 1), question, kept[:2])


@pytest.mark.group("prompt")
def test_the_first_passage_too_long_ends_the_list(student, draw):
    sizes = [4, 5, draw.integer(9, 14), 2, 1]
    given = [one_line(f"{passage(draw, size - 1)} w{i}") for i, size in enumerate(sizes)]
    question = f"{passage(draw, 8)}?"
    for budget, count in ((9, 2), (10, 2), (17, 2), (8, 1), (4, 1), (3, 0), (0, 0), (100, 5), (9 + sizes[2], 3)):
        prompt = student.build_prompt(question, given, max_words=budget)
        look_at_prompt(prompt, question, given[:count])


@pytest.mark.group("prompt")
def test_nothing_found_and_default_budget(student, draw):
    question = draw.word("abc", 2, 5)
    for given in ([], [" ", "\n"]):
        look_at_prompt(student.build_prompt(question, given), question, [])
    long = [" ".join([f"a{i}"] * 100) for i in range(3)]
    look_at_prompt(student.build_prompt(question, [*long, "b"]), question, long)
    given = [f" a\n{question}", "b"]
    prompt = unchanged(student.build_prompt, question, given, en="build_prompt", fr="build_prompt")
    look_at_prompt(prompt, question, [one_line(text) for text in given])


# parse_call


def tagged(body):
    return f"<tool_call>{body}</tool_call>"


def drawn_call(draw):
    """A call of every JSON type, with texts that hold quotes, braces, accents and newlines."""
    text = f'{draw.word("abcé", 2, 6)}: l\'été "x" {{y}} [z]\n\\ 🙂'
    arguments = {
        "query": text,
        "limit": draw.integer(0, 99),
        "ratio": draw.integer(1, 9) / 8,
        "all": True,
        "none": None,
        "many": [1, [False, "two"], {}],
        "nested": {"a": {"b": {"c": draw.word("xyz", 1, 4)}}},
    }
    return {"name": draw.word("abcdef_", 3, 9), "arguments": arguments}


def look_at_call(actual, expected, en, fr):
    expect(
        actual is not None,
        en=f"{en}: None was returned, although the reply holds the opening marker",
        fr=f"{fr} : None est renvoyé, alors que la réponse contient la balise ouvrante",
    )
    same(actual, expected, en=en, fr=fr)


@pytest.mark.group("parse")
def test_replies_without_a_call(student, draw):
    call = json.dumps(drawn_call(draw))
    for text in (
        "",
        draw.word("abc", 3, 9),
        call,
        f"```json\n{call}\n```",
        "</tool_call>",
        "<tool_calls>",
        "<TOOL_CALL>",
    ):
        same(
            student.parse_call(text),
            None,
            en="a reply without the opening marker",
            fr="une réponse sans la balise ouvrante",
        )


@pytest.mark.group("parse")
def test_well_formed_calls(student, reference, draw):
    for before, blank, after in (
        ("", "", ""),
        ("I look.\n{} ", "\n", "\nThen I answer. {}"),
        ("</tool_call>", " \n\t", "</tool_call>"),
    ):
        call = drawn_call(draw)
        for written in (json.dumps(call), json.dumps(call, indent=2, ensure_ascii=False)):
            text = before + tagged(blank + written + blank) + after
            actual = student.parse_call(text)
            look_at_call(actual, call, "a well-formed call", "un appel bien formé")
            same(actual, reference.parse_call(text), en="a well-formed call", fr="un appel bien formé")


@pytest.mark.group("parse")
def test_only_name_and_arguments_of_the_first_call(student, draw):
    first, second = drawn_call(draw), {"name": draw.word("ghi", 3, 6), "arguments": {"b": 2}}
    both = tagged(json.dumps(first)) + "\n" + tagged(json.dumps(second))
    look_at_call(student.parse_call(both), first, "the first of two calls", "le premier de deux appels")
    bare = {"name": second["name"]}
    look_at_call(
        student.parse_call(tagged(json.dumps(bare))),
        {**bare, "arguments": {}},
        "a call without arguments",
        "un appel sans arguments",
    )
    more = {"id": 7, "error": "x", **second, "type": "function"}
    look_at_call(
        student.parse_call(tagged(json.dumps(more))), second, "a call with other keys", "un appel avec d'autres clés"
    )


@pytest.mark.group("parse")
def test_python_is_not_json(student, draw):
    name = draw.word("abcdef", 3, 6)
    for body in (
        f'{{"name": "{name}", "arguments": {{"a": True}}}}',
        repr({"name": name, "arguments": {"a": 1}}),
        f'{{"name": "{name}", "arguments": {{"a": None}}}}',
        f'{{"name": "{name}", "arguments": {{"a": 1,}}}}',
        f'dict(name="{name}", arguments={{}})',
        f'{{"name": "{name}", "arguments": dict(a=1)}}',
        f'{{"name": "{name}" + "s", "arguments": {{}}}}',
        f'{{"name": "{name}", "arguments": {{"here": __import__("os").getcwd()}}}}',
    ):
        actual = student.parse_call(tagged(body))
        expect(
            type(actual) is not dict or "name" not in actual,
            en="a text that is Python and not JSON was taken for a call: a model's text is read as JSON, never evaluated",
            fr="un texte qui est du Python et non du JSON a été pris pour un appel : le texte d'un modèle se lit comme du "
            "JSON, il ne s'évalue jamais",
        )
        look_at_call(actual, MALFORMED, "a call in Python's notation", "un appel dans la notation de Python")


@pytest.mark.group("parse")
def test_what_is_no_json_or_is_cut_short(student, draw):
    whole = json.dumps(drawn_call(draw))
    cut = whole[: draw.integer(5, len(whole))]
    for text in (
        tagged(""),
        tagged(cut),
        tagged(whole + "."),
        tagged("Now: " + whole),
        tagged(whole + whole),
        tagged(f"```json\n{whole}\n```"),
        tagged(json.dumps({"name": "a", "arguments": {"text": "</tool_call>"}})),
        tagged(tagged(whole)),
    ):
        look_at_call(student.parse_call(text), MALFORMED, "a call that is not JSON", "un appel qui n'est pas du JSON")
    for text in ("<tool_call>" + whole, "<tool_call>" + cut, f"</tool_call> <tool_call>{whole}", "so: <tool_call>"):
        look_at_call(
            student.parse_call(text),
            MALFORMED,
            "a call without its closing marker",
            "un appel sans sa balise fermante",
        )


@pytest.mark.group("parse")
def test_json_that_is_no_call(student, draw):
    call = drawn_call(draw)
    name, arguments = call["name"], call["arguments"]
    for value in (
        {},
        [call],
        name,
        draw.integer(0, 9),
        None,
        True,
        {"arguments": arguments},
        {"name": None, "arguments": arguments},
        {"name": [name], "arguments": arguments},
        {"name": 3, "arguments": arguments},
        {"Name": name, "arguments": arguments},
        {"name": name, "arguments": json.dumps(arguments)},
        {"name": name, "arguments": [1, 2]},
        {"name": name, "arguments": []},
        {"name": name, "arguments": None},
        {"name": name, "arguments": ""},
    ):
        look_at_call(
            student.parse_call(tagged(json.dumps(value))),
            MALFORMED,
            "JSON that is not a call",
            "du JSON qui n'est pas un appel",
        )


# run_tool


def observation(value):
    expect(type(value) is str, en="run_tool returns a text (str)", fr="run_tool renvoie un texte (str)")
    return value


class Tool:
    """A trusted tool that keeps what it is called with, and returns a value or raises."""

    def __init__(self, value=None, fails=False):
        self.value, self.fails, self.calls = value, fails, []

    def __call__(self, *args, **kwargs):
        self.calls.append((args, kwargs))
        if self.fails:
            raise RuntimeError(f"the key is {self.value}")
        return self.value


@pytest.mark.group("tool")
def test_arguments_go_by_name_and_the_value_comes_back_as_text(student, reference, draw):
    for value in (draw.word("abé '", 3, 9), draw.integer(1, 99), 0, 0.5, True, None, "", [1, "two"], {"a": None}):
        tool, other = Tool(value), Tool("other")
        arguments = {"b": draw.integer(0, 9), "a": [draw.word("xyz", 1, 4)], "name": "c"}
        call = {"name": "act", "arguments": arguments}
        seen = observation(student.run_tool(call, {"other": other, "act": tool}))
        expect(
            not other.calls and len(tool.calls) == 1,
            en=f"the tool named was called {len(tool.calls)} times and another one {len(other.calls)} times; each call "
            "runs its own tool once",
            fr=f"l'outil nommé a été appelé {len(tool.calls)} fois et un autre {len(other.calls)} fois ; chaque appel "
            "exécute son outil une seule fois",
        )
        same(
            tool.calls[0],
            ((), arguments),
            en="what the tool was called with: nothing by position, the arguments of the call by their names",
            fr="ce avec quoi l'outil a été appelé : rien par position, les arguments de l'appel par leurs noms",
        )
        same(seen, str(value), en="the observation of a value", fr="l'observation d'une valeur")
        same(seen, reference.run_tool(call, {"act": Tool(value)}), en="the observation", fr="l'observation")


@pytest.mark.group("tool")
def test_a_tool_that_raises_becomes_an_observation(student, draw):
    for arguments in ({}, {"a": draw.integer(0, 9)}):
        tool = Tool(draw.word("abcdef", 4, 9), fails=True)
        seen = observation(student.run_tool({"name": "act", "arguments": arguments}, {"act": tool}))
        expect(
            len(tool.calls) == 1,
            en=f"a tool that raised was called {len(tool.calls)} times; it is called once",
            fr=f"un outil qui a levé une exception a été appelé {len(tool.calls)} fois ; on l'appelle une fois",
        )
        same(
            seen,
            "error: RuntimeError",
            en="the observation of a tool that raised a RuntimeError",
            fr="l'observation d'un outil qui a levé une RuntimeError",
        )


@pytest.mark.group("tool")
def test_tools_are_looked_up_in_the_dict_alone(student, draw):
    tool = Tool("done")
    known = draw.word("abcdef", 4, 7)
    calls = [
        ("len", {"obj": "abc"}),
        ("dict", {"a": 1}),
        ("chunk", {"tokens": [1], "size": 1, "overlap": 0}),
        (known.upper(), {}),
        (known[:-1], {}),
        ("", {}),
        ("pop", {}),
    ]
    for name, arguments in calls:
        seen = observation(student.run_tool({"name": name, "arguments": arguments}, {known: tool}))
        same(
            seen,
            f"error: unknown tool {name}",
            en="the observation of a tool that is not in `tools`",
            fr="l'observation d'un outil qui n'est pas dans `tools`",
        )
    same(
        observation(student.run_tool({"name": known, "arguments": {}}, {})),
        f"error: unknown tool {known}",
        en="the observation when there are no tools at all",
        fr="l'observation quand il n'y a aucun outil",
    )
    expect(
        not tool.calls,
        en="a tool was called under a name that is not its own",
        fr="un outil a été appelé sous un nom qui n'est pas le sien",
    )


@pytest.mark.group("tool")
def test_malformed_calls_are_told(student, draw):
    for text in (MALFORMED["error"], draw.word("abc ", 5, 12)):
        call = {"error": text}
        seen = unchanged(student.run_tool, call, {}, en="run_tool", fr="run_tool")
        same(
            observation(seen),
            f"error: {text}",
            en="the observation of a malformed call",
            fr="l'observation d'un appel mal formé",
        )
        tool = Tool("done")
        same(
            observation(student.run_tool(call, {"act": tool, "error": tool})),
            f"error: {text}",
            en="the observation of a malformed call",
            fr="l'observation d'un appel mal formé",
        )


# run_agent


class Model:
    """A trusted model that recites, and keeps what it was shown; asked once more than it knows, it says "stop"."""

    def __init__(self, replies):
        self.replies, self.seen = replies, []

    def __call__(self, messages):
        self.seen.append(messages)
        return [*self.replies, "stop"][min(len(self.seen), len(self.replies) + 1) - 1]


TOOLS = {"double": lambda x: 2 * x, "fail": Tool(fails=True), "echo": lambda **arguments: json.dumps(arguments)}


def asks(draw, name="double", **arguments):
    """A reply that thinks aloud and calls a tool, between blanks that belong to it."""
    call = json.dumps({"name": name, "arguments": arguments or {"x": draw.integer(10, 99)}})
    return f" {draw.word('abc', 2, 6)}.\n<tool_call>\n{call}\n</tool_call>\n"


def told(question, replies):
    """All messages of a run, observations by the rules: role by role, text by text."""
    messages = [{"role": "user", "content": question}]
    for reply in replies:
        messages.append({"role": "assistant", "content": reply})
        if "<tool_call>" in reply:
            messages.append({"role": "tool", "content": observed(reply)})
    return messages


def observed(reply):
    try:
        call = json.loads(reply.partition("<tool_call>")[2].partition("</tool_call>")[0])
    except ValueError:
        return "error: malformed call"
    if call["name"] == "double":
        return str(2 * call["arguments"]["x"])
    return "error: RuntimeError" if call["name"] == "fail" else f"error: unknown tool {call['name']}"


def run(student, reference, replies, question, max_steps):
    """(model, answer, messages) of a run with the reference's `parse_call` and `run_tool`."""

    def carried_out(call, tools):
        return reference.run_tool(call, TOOLS)

    def understood(text):
        return reference.parse_call(text)

    model = Model(replies)
    trusted = student.using(parse_call=understood, run_tool=carried_out)
    answer, messages = parts(
        trusted.run_agent(model, TOOLS, question, max_steps), 2, en="(answer, messages)", fr="(answer, messages)"
    )
    expect(
        len(model.seen) <= max_steps,
        en=f"the model was called {len(model.seen)} times with max_steps = {max_steps}: each call of it is a step",
        fr=f"le modèle a été appelé {len(model.seen)} fois avec max_steps = {max_steps} : chacun de ses appels est un pas",
    )
    return model, answer, messages


def look_at_readings(model, question, replies):
    """Every time the model was asked, it was shown all that had been said, in order."""
    for step, shown in enumerate(model.seen):
        before = told(question, replies[:step])
        expect(
            type(shown) is list and same_data(shown[:1], before[:1]),
            en="the model is given a list of messages whose first is the user's question",
            fr="le modèle reçoit une liste de messages dont le premier est la question de l'utilisateur",
        )
        observations = [message for message in before if message["role"] == "tool"]
        expect(
            all(any(same_data(given, message) for given in shown) for message in observations),
            en="the model was not shown what its tools said, with the role tool: it cannot know what came of its calls",
            fr="le modèle n'a pas lu ce que ses outils ont dit, avec le rôle tool : il ne peut pas savoir ce qu'ont donné "
            "ses appels",
        )
        same(
            shown,
            before,
            en="the messages that the model is given: all that were said so far, in order",
            fr="les messages que reçoit le modèle : tous ceux qui précèdent, dans l'ordre",
        )


@pytest.mark.group("agent")
def test_the_model_reads_all_that_was_said(student, reference, draw):
    question = f" {draw.word('abc', 3, 6)} ?\n"
    replies = [asks(draw), asks(draw), asks(draw), f"\n It is {draw.integer(0, 99)}. "]
    model, answer, messages = run(student, reference, replies, question, 8)
    look_at_readings(model, question, replies)
    expect(
        len(model.seen) == 4,
        en=f"the model gave its answer at its fourth reply; it was called {len(model.seen)} times",
        fr=f"le modèle a donné sa réponse finale à la quatrième fois ; il a été appelé {len(model.seen)} fois",
    )
    same(
        answer,
        replies[-1],
        en="the answer: the reply without a call, as it is",
        fr="answer : la réponse sans appel, telle quelle",
    )
    same(messages, told(question, replies), en="the messages returned", fr="les messages renvoyés")


@pytest.mark.group("agent")
def test_an_answer_at_once_or_at_the_last_step(student, reference, draw):
    question = draw.word("abc", 3, 6)
    for replies, max_steps in ((["42"], 1), ([""], 3), ([asks(draw), asks(draw), "Done."], 3)):
        model, answer, messages = run(student, reference, replies, question, max_steps)
        look_at_readings(model, question, replies)
        same(
            answer, replies[-1], en="an answer within the steps allowed", fr="une réponse finale dans la limite des pas"
        )
        same(messages, told(question, replies), en="the messages returned", fr="les messages renvoyés")


@pytest.mark.group("agent")
def test_steps_run_out(student, reference, draw):
    question, replies = draw.word("abc", 3, 6), [asks(draw) for _ in range(6)]
    for max_steps in (3, 1, 0):
        model, answer, messages = run(student, reference, replies, question, max_steps)
        expect(
            len(model.seen) == max_steps,
            en=f"the model was called {len(model.seen)} times with max_steps = {max_steps}, and it kept asking for tools",
            fr=f"le modèle a été appelé {len(model.seen)} fois avec max_steps = {max_steps}, et il redemandait des outils",
        )
        same(answer, None, en="the answer when the steps run out", fr="answer quand les pas sont épuisés")
        same(
            messages,
            told(question, replies[:max_steps]),
            en="the messages when the steps run out, the last observation included",
            fr="les messages quand les pas sont épuisés, dernière observation comprise",
        )


@pytest.mark.group("agent")
def test_errors_are_read_and_may_be_mended(student, reference, draw):
    question = draw.word("abc", 3, 6)
    replies = [
        asks(draw, "fail"),
        asks(draw, draw.word("xyz", 3, 6)),
        "<tool_call>double(2)</tool_call>",
        asks(draw),
        "4",
    ]
    model, answer, messages = run(student, reference, replies, question, 5)
    look_at_readings(model, question, replies)
    same(answer, "4", en="the answer after calls that failed", fr="la réponse finale après des appels manqués")
    same(
        messages,
        told(question, replies),
        en="messages with calls that failed",
        fr="les messages, appels manqués compris",
    )


@pytest.mark.group("agent")
def test_an_error_of_the_model_passes_through(student, reference, draw):
    replies = iter([asks(draw)])

    def breaks(messages):
        return next(replies)

    def carried_out(call, tools):
        return reference.run_tool(call, TOOLS)

    def understood(text):
        return reference.parse_call(text)

    raises(
        "RuntimeError",
        student.using(parse_call=understood, run_tool=carried_out).run_agent,
        breaks,
        TOOLS,
        draw.word("abc", 3, 6),
        4,
        en="a model that raises a RuntimeError at its second step",
        fr="un modèle qui lève une RuntimeError à son deuxième pas",
    )
