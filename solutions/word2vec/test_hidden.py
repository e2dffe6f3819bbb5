"""Hidden suite of Word2Vec.

Covers one-hot vectors, the lookup table, training pairs, CBOW and skip-gram with negative sampling, with
autograd and torch's own layers as independent oracles. Does not cover how well a training run learns.
"""

import math

import pytest
import torch
import torch.nn.functional as F

from autograder.checks import (
    FLOAT32,
    FLOAT64,
    Tolerance,
    close,
    dtype,
    examine,
    expect,
    finite,
    parts,
    raises,
    same,
    shape,
    unchanged,
)

SLOPE = Tolerance(1e-5, 1e-7, "float64 central differences, step 1e-5: off by the step squared and by rounding")
V, D = 29, 5
TABLES = {"en": "(loss, grad_in, grad_out)", "fr": "(loss, grad_in, grad_out)"}


def alone(student, reference, **others):
    """The student with the reference's lookup and one-hot vectors: an error there costs its own group only."""
    return student.using(one_hot=reference.one_hot, embedding_lookup=reference.embedding_lookup, **others)


def tables(draw, scale=1.0, kind=torch.float64):
    """V_in and V_out, both [V, D]; V_in is not contiguous."""
    return draw.normal(D, V, dtype=kind, scale=scale).T, draw.normal(V, D, dtype=kind, scale=scale)


def number(value, en, fr):
    """A returned loss as a float, once it is known to be one number."""
    expect(
        type(value) is float or (isinstance(value, torch.Tensor) and value.is_floating_point() and value.dim() == 0),
        en=f"{en}: one number was expected, a tensor without axes",
        fr=f"{fr} : on attendait un seul nombre, un tenseur sans axe",
    )
    return float(value)


def loss_and_grads(function, *args):
    """(loss, grad_in, grad_out) of a call that must leave its arguments alone."""
    returned = unchanged(function, *args, en="the arguments", fr="les arguments")
    return as_gradients(returned, args[-1])


def as_gradients(returned, table):
    """(loss, grad_in, grad_out) once both gradients are known to have the table's shape and dtype."""
    loss, grad_in, grad_out = parts(returned, 3, **TABLES)
    for grad, name in ((grad_in, "grad_in"), (grad_out, "grad_out")):
        shape(grad, table.shape, en=name, fr=name)
        dtype(grad, table.dtype, en=name, fr=name)
    shape(loss, (), en="the loss, a tensor without dimensions", fr="la perte, un tenseur sans dimension")
    dtype(loss, table.dtype, en="the loss", fr="la perte")
    return loss, grad_in, grad_out


def autograd(loss_of, V_in, V_out):
    """Loss and both gradients by autograd, the independent oracle of the gradients written by hand."""
    leaves = V_in.detach().clone().requires_grad_(), V_out.detach().clone().requires_grad_()
    loss = loss_of(*leaves)
    return loss.detach(), *torch.autograd.grad(loss, leaves)


def close_to_own_slope(function, args, V_in, V_out, loss_and_grad, draw):
    """Holds when the gradients are the slope of the student's own loss along a random direction."""
    _, grad_in, grad_out = loss_and_grad
    d_in, d_out = draw.normal(V, D, dtype=torch.float64), draw.normal(V, D, dtype=torch.float64)
    step = 1e-5
    ends = []
    for sign in (step, -step):
        loss = parts(function(*args, V_in + sign * d_in, V_out + sign * d_out), 3, **TABLES)[0]
        ends.append(number(loss, en="the loss", fr="la perte"))
    close(
        (grad_in * d_in).sum() + (grad_out * d_out).sum(),
        (ends[0] - ends[1]) / (2 * step),
        SLOPE,
        en="your gradients are not the slope of your own loss, measured by moving both tables a little",
        fr="vos gradients ne sont pas la pente de votre propre perte, mesurée en déplaçant un peu les deux tables",
    )


def is_near(actual, expected):
    """Whether two float64 tensors of one shape are equal up to rounding."""
    return bool(torch.allclose(actual, expected, rtol=1e-7, atol=1e-9))


@pytest.mark.group("one-hot")
def test_one_hot_matches_torch(student, reference, draw):
    n = draw.integer(6, 12)
    ids = draw.integers(0, n, 4, 3).T
    vectors = unchanged(student.using(embedding_lookup=reference.embedding_lookup).one_hot, ids, n, en="ids", fr="ids")
    shape(vectors, (3, 4, n), en="one-hot vectors of a batch of ids", fr="vecteurs one-hot d'un lot d'identifiants")
    dtype(vectors, torch.float32, en="one-hot vectors", fr="vecteurs one-hot")
    close(
        vectors.sum(dim=-1),
        torch.ones(3, 4),
        FLOAT32,
        en="the sum of each one-hot vector along its last axis (it holds a single 1)",
        fr="la somme de chaque vecteur one-hot le long du dernier axe (il ne contient qu'un 1)",
    )
    close(vectors, F.one_hot(ids, n), FLOAT32, en="one-hot vectors", fr="vecteurs one-hot", picture=True)
    close(vectors, reference.one_hot(ids, n), FLOAT32, en="one-hot vectors", fr="vecteurs one-hot", picture=True)


@pytest.mark.group("one-hot")
def test_one_hot_at_the_edges(student, reference, draw):
    one_hot = student.using(embedding_lookup=reference.embedding_lookup).one_hot
    n = draw.integer(3, 9)
    first, last = one_hot(torch.tensor([0]), n), one_hot(torch.tensor([n - 1]), n)
    close(first, torch.eye(n)[:1], FLOAT32, en="one-hot vector of the first word", fr="vecteur one-hot du premier mot")
    close(last, torch.eye(n)[-1:], FLOAT32, en="one-hot vector of the last word", fr="vecteur one-hot du dernier mot")
    same_word = torch.full((3,), n - 2)
    close(
        one_hot(same_word, n),
        torch.eye(n)[same_word],
        FLOAT32,
        en="one-hot vectors of one word three times",
        fr="vecteurs one-hot d'un mot trois fois de suite",
    )
    shape(
        one_hot(torch.zeros(2, 0, dtype=torch.int64), n),
        (2, 0, n),
        en="one-hot vectors of empty rows of ids",
        fr="vecteurs one-hot de lignes d'identifiants vides",
    )
    shape(
        one_hot(torch.tensor(1), n),
        (n,),
        en="one-hot vector of a single id",
        fr="vecteur one-hot d'un seul identifiant",
    )
    raises("IndexError", one_hot, torch.tensor([0, n]), n, en="an id equal to n", fr="un identifiant égal à n")
    raises("IndexError", one_hot, torch.tensor([n + 2]), n, en="an id beyond n", fr="un identifiant au-delà de n")
    raises("IndexError", one_hot, torch.tensor([0, -1]), n, en="a negative id", fr="un identifiant négatif")


@pytest.mark.group("lookup")
@pytest.mark.parametrize("kind", [torch.float32, torch.float64])
def test_lookup_matches_torch(student, reference, draw, kind):
    table = draw.normal(D, V, dtype=kind).T
    ids = draw.integers(0, V, 3, 2).T
    rows = unchanged(
        student.using(one_hot=reference.one_hot).embedding_lookup,
        table,
        ids,
        en="the table or the ids",
        fr="la table ou les ids",
    )
    shape(rows, (2, 3, D), en="rows of the table at a batch of ids", fr="lignes de la table pour un lot d'identifiants")
    dtype(rows, kind, en="rows of the table", fr="lignes de la table")
    exact = Tolerance(0.0, 0.0, "rows are copied, nothing is computed")
    close(rows, F.embedding(ids, table), exact, en="rows of the table", fr="lignes de la table", picture=True)
    close(rows, reference.embedding_lookup(table, ids), exact, en="rows of the table", fr="lignes de la table")
    product = reference.one_hot(ids, V).to(kind) @ table
    close(rows, product, exact, en="rows against one_hot @ table", fr="lignes comparées à one_hot @ table")


@pytest.mark.group("lookup")
def test_lookup_at_the_edges(student, reference, draw):
    lookup = student.using(one_hot=reference.one_hot).embedding_lookup
    table = draw.normal(V, D)
    shape(lookup(table, torch.tensor(3)), (D,), en="the row of a single id", fr="la ligne d'un seul identifiant")
    nothing = torch.zeros(0, dtype=torch.int64)
    shape(lookup(table, nothing), (0, D), en="the rows of no id at all", fr="les lignes d'aucun identifiant")
    ends = torch.tensor([V - 1, 0, V - 1])
    close(
        lookup(table, ends), table[ends], en="first and last rows, repeated", fr="première et dernière lignes, répétées"
    )
    raises("IndexError", lookup, table, torch.tensor([1, -1]), en="an id of -1", fr="un identifiant égal à -1")
    raises("IndexError", lookup, table, torch.tensor([1, V]), en="an id equal to V", fr="un identifiant égal à V")
    raises("IndexError", lookup, table, torch.tensor([[-100]]), en="an id of -100", fr="un identifiant égal à -100")


def numbered_sentences(draw):
    """Sentences whose ids are all different, so that an id tells the place; the sentence of each id."""
    sentences, home, next_id = [], {}, 0
    for number_of_sentence, length in enumerate((draw.integer(9, 12), 1, draw.integer(4, 7), 2)):
        sentences.append(list(range(next_id, next_id + length)))
        home.update(dict.fromkeys(sentences[-1], number_of_sentence))
        next_id += length
    return sentences, home


def check_places(found, home, window):
    """Says in words what is wrong with (centre, neighbour) places, before any value is compared."""
    expect(
        all(home.get(c) == home.get(n) for c, n in found),
        en="some pairs join words of two different sentences",
        fr="certaines paires réunissent des mots de deux phrases différentes",
    )
    expect(
        all(c != n for c, n in found),
        en="a word is in its own context: the centre's place must be left out",
        fr="un mot figure dans son propre contexte : la place du centre doit être écartée",
    )
    expect(
        all(abs(c - n) <= window for c, n in found),
        en="some neighbours are further away than the window",
        fr="certains voisins sont plus loin que la fenêtre",
    )
    expect(len(set(found)) == len(found), en="some pairs come twice", fr="certaines paires apparaissent deux fois")
    expected = [(c, n) for c in home for n in home if c != n and home[c] == home[n] and abs(c - n) <= window]
    missing = set(expected) - set(found)
    starts = {next(c for c in home if home[c] == s) for s in home.values()}
    near_start = all(any(c - s < window for s in starts if home[s] == home[c]) for c, _ in missing)
    where_en, where_fr = (
        (", all near the start of a sentence", ", toutes près du début d'une phrase") if near_start else ("", "")
    )
    expect(
        not missing,
        en=f"{len(missing)} of {len(expected)} pairs are missing{where_en}; the window is the same for every centre, on both sides",
        fr=f"il manque {len(missing)} paires sur {len(expected)}{where_fr} ; la fenêtre est la même pour tous les centres, des deux côtés",
    )


def by_distance(sentences, window, mode):
    """The pairs again, by testing every two places of a sentence: slow, and written in another way."""
    found = []
    for s in sentences:
        for i in range(len(s)):
            near = [s[j] for j in range(len(s)) if 0 < abs(i - j) <= window]
            found += [(s[i], word) for word in near] if mode == "skipgram" else [(near, s[i])] if near else []
    return found


@pytest.mark.group("pairs")
def test_skipgram_pairs_by_place(student, draw):
    sentences, home = numbered_sentences(draw)
    found = unchanged(student.pairs, sentences, 3, "skipgram", en="the sentences", fr="les phrases")
    expect(type(found) is list, en="pairs returns a list", fr="pairs renvoie une liste")
    expect(
        all(type(pair) is tuple and len(pair) == 2 and all(type(i) is int for i in pair) for pair in found),
        en='in mode "skipgram" each pair is a tuple of two ints (centre, neighbour)',
        fr="en mode « skipgram », chaque paire est un tuple de deux entiers (centre, voisin)",
    )
    check_places(found, home, 3)
    expected = by_distance(sentences, 3, "skipgram")
    same(
        found,
        expected,
        en="all the pairs are there, but not in order (by centre, then by neighbour, from left to right; the centre comes first)",
        fr="toutes les paires y sont, mais pas dans l'ordre (par centre, puis par voisin, de gauche à droite ; le centre d'abord)",
    )


@pytest.mark.group("pairs")
def test_cbow_pairs_by_place(student, draw):
    sentences, home = numbered_sentences(draw)
    found = unchanged(student.pairs, sentences, 3, "cbow", en="the sentences", fr="les phrases")
    expect(type(found) is list, en="pairs returns a list", fr="pairs renvoie une liste")
    expect(
        all(
            type(pair) is tuple
            and len(pair) == 2
            and type(pair[0]) is list
            and type(pair[1]) is int
            and all(type(i) is int for i in pair[0])
            for pair in found
        ),
        en='in mode "cbow" each pair is a tuple (context, centre): a list of ints and an int',
        fr="en mode « cbow », chaque paire est un tuple (contexte, centre) : une liste d'entiers et un entier",
    )
    expect(
        all(context for context, _ in found),
        en="a word alone in its sentence gives no CBOW example; yours has an empty context",
        fr="un mot seul dans sa phrase ne donne aucun exemple CBOW ; l'un des vôtres a un contexte vide",
    )
    check_places([(centre, word) for context, centre in found for word in context], home, 3)
    same(found, by_distance(sentences, 3, "cbow"), en="CBOW pairs", fr="paires CBOW")


@pytest.mark.group("pairs")
@pytest.mark.parametrize("mode", ["skipgram", "cbow"])
def test_pairs_of_repeated_words(student, reference, draw, mode):
    sentences = [draw.integers(0, 4, length).tolist() for length in (8, 3, 1, 6)] + [[2, 2, 2]]
    for window in (1, 2, 20):
        wide_en, wide_fr = (
            (", window longer than the sentences", ", fenêtre plus longue que les phrases") if window > 8 else ("", "")
        )
        found = student.pairs(sentences, window, mode)
        for oracle in (by_distance(sentences, window, mode), reference.pairs(sentences, window, mode)):
            same(
                found,
                oracle,
                en=f"{mode} pairs of sentences that repeat words{wide_en}",
                fr=f"paires {mode} de phrases où des mots se répètent{wide_fr}",
            )


@pytest.mark.group("pairs")
@pytest.mark.parametrize("mode", ["skipgram", "cbow"])
def test_pairs_at_the_edges(student, mode):
    same(student.pairs([], 2, mode), [], en=f"{mode} pairs of an empty corpus", fr=f"paires {mode} d'un corpus vide")
    same(
        student.pairs([[], [5], []], 2, mode),
        [],
        en=f"{mode} pairs of empty sentences and of a word alone",
        fr=f"paires {mode} de phrases vides et d'un mot seul",
    )
    raises(
        "ValueError", student.pairs, [[1, 2, 3]], 0, mode, en=f"{mode}, a window of 0", fr=f"{mode}, une fenêtre de 0"
    )


@pytest.mark.group("pairs")
def test_unknown_mode_is_refused_and_skipgram_is_the_default(student):
    raises("ValueError", student.pairs, [[1, 2, 3]], 1, "bag", en="an unknown mode", fr="un mode inconnu")
    same(student.pairs([[1, 2]], 1), [(1, 2), (2, 1)], en="pairs without a mode", fr="les paires sans mode")


def cbow_batch(draw, repeat=False):
    """contexts, mask [4, 6] with 5, 3, 2 and 1 real words at random places; centres [4].

    Without `repeat` all the real ids are different. Padded places hold 0 in the first row, any id in the others.
    """
    B, C = 4, 6
    mask = torch.zeros(B, C, dtype=torch.bool)
    for row, count in enumerate((5, 3, 2, 1)):
        mask[row, draw.sample(range(C), count)] = True
    contexts = draw.integers(0, V, B, C)
    if not repeat:
        contexts[mask] = torch.tensor(draw.sample(range(V), int(mask.sum())))
    contexts[0, ~mask[0]] = 0
    return contexts, mask, draw.integers(0, V, B)


def means(contexts, mask, V_in):
    """Mean vectors, one context after the other."""
    return torch.stack([V_in[ids[real]].mean(dim=0) for ids, real in zip(contexts, mask, strict=True)])


@pytest.mark.group("cbow-forward")
def test_hidden_is_a_mean_of_real_words(student, reference, draw):
    forward = alone(student, reference).cbow_forward
    V_in, V_out = tables(draw)
    contexts, mask, _ = cbow_batch(draw)
    returned = unchanged(forward, contexts, mask, V_in, V_out, en="the arguments", fr="les arguments")
    hidden, scores = parts(returned, 2, en="(hidden, scores)", fr="(hidden, scores)")
    shape(hidden, (4, D), en="hidden", fr="hidden")
    shape(scores, (4, V), en="scores", fr="scores")
    dtype(hidden, torch.float64, en="hidden", fr="hidden")
    dtype(scores, torch.float64, en="scores", fr="scores")

    one_word = torch.tensor([[7], [3]])
    alone_hidden = parts(
        forward(one_word, torch.ones(2, 1, dtype=torch.bool), V_in, V_out),
        2,
        en="(hidden, scores)",
        fr="(hidden, scores)",
    )[0]
    close(
        alone_hidden,
        V_in[one_word[:, 0]],
        FLOAT64,
        en="hidden of a context of one word (it is that word's row of V_in)",
        fr="hidden d'un contexte d'un seul mot (c'est la ligne de ce mot dans V_in)",
    )
    again = torch.tensor([[7, 7, 7], [3, 3, 3]])
    repeated = parts(
        forward(again, torch.ones(2, 3, dtype=torch.bool), V_in, V_out), 2, en="(hidden, scores)", fr="(hidden, scores)"
    )[0]
    close(
        repeated,
        V_in[one_word[:, 0]],
        FLOAT64,
        en="hidden of one word said three times (the mean of equal vectors is that vector; a sum is longer)",
        fr="hidden d'un mot dit trois fois (la moyenne de vecteurs égaux est ce vecteur ; une somme est plus longue)",
    )
    other_padding = torch.where(mask, contexts, (contexts + 1) % V)
    hidden_again = parts(forward(other_padding, mask, V_in, V_out), 2, en="(hidden, scores)", fr="(hidden, scores)")[0]
    close(
        hidden_again,
        hidden,
        FLOAT64,
        en="hidden changes with the ids of padded places; it must not read them",
        fr="hidden change avec les identifiants des places de remplissage ; il ne doit pas les lire",
    )
    close(
        hidden,
        means(contexts, mask, V_in),
        FLOAT64,
        en="hidden of padded contexts (divide by the number of real words of each context)",
        fr="hidden de contextes complétés (divisez par le nombre de vrais mots de chaque contexte)",
        picture=True,
    )
    close(
        hidden, reference.cbow_forward(contexts, mask, V_in, V_out)[0], FLOAT64, en="hidden", fr="hidden", picture=True
    )


@pytest.mark.group("cbow-forward")
def test_scores_compare_hidden_with_every_output_row(student, reference, draw):
    V_in, V_out = tables(draw)
    contexts, mask, _ = cbow_batch(draw, repeat=True)
    returned = alone(student, reference).cbow_forward(contexts, mask, V_in, V_out)
    _, scores = parts(returned, 2, en="(hidden, scores)", fr="(hidden, scores)")
    shape(scores, (4, V), en="scores", fr="scores")
    close(
        scores,
        means(contexts, mask, V_in) @ V_out.T,
        FLOAT64,
        en="scores (V_in is read, V_out is compared with)",
        fr="scores (on lit dans V_in, on compare à V_out)",
        picture=True,
    )
    close(scores, reference.cbow_forward(contexts, mask, V_in, V_out)[1], FLOAT64, en="scores", fr="scores")


@pytest.mark.group("cbow-forward")
def test_forward_in_float32(student, reference, draw):
    V_in, V_out = tables(draw, kind=torch.float32)
    contexts, mask, _ = cbow_batch(draw)
    hidden, scores = parts(
        alone(student, reference).cbow_forward(contexts.T.contiguous().T, mask, V_in, V_out),
        2,
        en="(hidden, scores)",
        fr="(hidden, scores)",
    )
    dtype(hidden, torch.float32, en="hidden with float32 tables", fr="hidden avec des tables float32")
    dtype(scores, torch.float32, en="scores with float32 tables", fr="scores avec des tables float32")
    close(
        hidden,
        means(contexts, mask, V_in),
        FLOAT32,
        en="hidden with float32 tables",
        fr="hidden avec des tables float32",
    )
    close(
        scores,
        means(contexts, mask, V_in) @ V_out.T,
        FLOAT32,
        en="scores with float32 tables",
        fr="scores avec des tables float32",
    )


def cbow_oracle(contexts, mask, centres, V_in, V_out):
    """Loss and gradients by autograd, from torch's own cross-entropy."""
    return autograd(lambda a, b: F.cross_entropy(means(contexts, mask, a) @ b.T, centres), V_in, V_out)


@pytest.mark.group("cbow-gradients")
def test_cbow_loss_and_gradients(student, reference, draw):
    function = alone(student, reference, cbow_forward=reference.cbow_forward).cbow_loss_grads
    V_in, V_out = tables(draw)
    contexts, mask, centres = cbow_batch(draw)
    loss, grad_in, grad_out = loss_and_grads(function, contexts, mask, centres, V_in, V_out)
    want_loss, want_in, want_out = cbow_oracle(contexts, mask, centres, V_in, V_out)
    close(loss, want_loss, FLOAT64, en="the loss, averaged over the batch", fr="la perte, moyennée sur le lot")

    expect(
        not is_near(grad_out, -want_out),
        en="grad_out has the opposite sign: it would make the true centres less likely",
        fr="grad_out est de signe contraire : il rendrait les vrais centres moins probables",
    )
    expect(
        not is_near(grad_out, 4 * want_out),
        en="grad_out is B times too large: the loss is a mean over the batch, so its gradient divides by B too",
        fr="grad_out est B fois trop grand : la perte est une moyenne sur le lot, donc son gradient divise aussi par B",
    )
    expect(
        is_near(grad_out.sum(dim=0), torch.zeros(D, dtype=torch.float64)),
        en="grad_out: for one example p - y sums to 0 over the words, so the rows of grad_out must sum to 0; yours do not",
        fr="grad_out : pour un exemple, p - y est de somme nulle sur les mots, donc les lignes de grad_out doivent être de somme nulle ; les vôtres ne le sont pas",
    )
    close(grad_out, want_out, FLOAT64, en="grad_out", fr="grad_out", picture=True)

    padding = torch.tensor([word not in set(contexts[mask].tolist()) for word in range(V)])
    expect(
        not grad_in[padding].any(),
        en="grad_in: words that stand in no context, only in padded places or nowhere, receive something; their rows must be zero",
        fr="grad_in : des mots absents des contextes (seulement en remplissage, ou nulle part) reçoivent quelque chose ; leurs lignes doivent être nulles",
    )
    expect(
        is_near(grad_in.sum(dim=0), want_in.sum(dim=0)),
        en="grad_in: the words of a context do not share out exactly what hidden receives (the mean divided by their number, so does its gradient)",
        fr="grad_in : les mots d'un contexte ne se partagent pas exactement ce que reçoit hidden (la moyenne divise par leur nombre, son gradient aussi)",
    )
    close(grad_in, want_in, FLOAT64, en="grad_in", fr="grad_in", picture=True)
    for mine, theirs, name in zip(
        (grad_in, grad_out),
        reference.cbow_loss_grads(contexts, mask, centres, V_in, V_out)[1:],
        ("grad_in", "grad_out"),
        strict=True,
    ):
        close(mine, theirs, FLOAT64, en=name, fr=name, picture=True)


@pytest.mark.group("cbow-gradients")
def test_cbow_adds_up_repeated_words(student, reference, draw):
    function = alone(student, reference, cbow_forward=reference.cbow_forward).cbow_loss_grads
    V_in, V_out = tables(draw)
    contexts, mask, centres = cbow_batch(draw, repeat=True)
    contexts[mask] = torch.tensor([2, 9, 2, 2, 9, 9, 2, 4, 4, 9, 2])
    centres[1] = centres[0]
    got = loss_and_grads(function, contexts, mask, centres, V_in, V_out)
    _, want_in, want_out = cbow_oracle(contexts, mask, centres, V_in, V_out)
    close(
        got[1],
        want_in,
        FLOAT64,
        en="grad_in when words repeat in a context and across the batch (every occurrence adds its share)",
        fr="grad_in quand des mots se répètent dans un contexte et dans le lot (chaque occurrence ajoute sa part)",
        picture=True,
    )
    close(
        got[2],
        want_out,
        FLOAT64,
        en="grad_out when centres repeat",
        fr="grad_out quand des centres se répètent",
        picture=True,
    )
    close_to_own_slope(function, (contexts, mask, centres), V_in, V_out, got, draw)


@pytest.mark.group("cbow-gradients")
def test_cbow_with_extreme_scores(student, reference, draw):
    function = alone(student, reference, cbow_forward=reference.cbow_forward).cbow_loss_grads
    V_in, V_out = tables(draw)
    V_in = V_in * 1000
    contexts, mask, centres = cbow_batch(draw)
    loss, grad_in, grad_out = loss_and_grads(function, contexts, mask, centres, V_in, V_out)
    want_loss, want_in, want_out = cbow_oracle(contexts, mask, centres, V_in, V_out)
    for value, name_en, name_fr in (
        (loss, "the loss", "la perte"),
        (grad_in, "grad_in", "grad_in"),
        (grad_out, "grad_out", "grad_out"),
    ):
        finite(
            value, en=f"{name_en} with scores in the thousands", fr=f"{name_fr} avec des scores de plusieurs milliers"
        )
    close(
        loss,
        want_loss,
        FLOAT64,
        en="the loss with scores in the thousands",
        fr="la perte avec des scores de plusieurs milliers",
    )
    close(
        grad_in,
        want_in,
        FLOAT64,
        en="grad_in with scores in the thousands",
        fr="grad_in avec des scores de plusieurs milliers",
    )
    close(
        grad_out,
        want_out,
        FLOAT64,
        en="grad_out with scores in the thousands",
        fr="grad_out avec des scores de plusieurs milliers",
    )


@pytest.mark.group("cbow-gradients")
def test_cbow_single_example_in_float32(student, reference, draw):
    function = alone(student, reference, cbow_forward=reference.cbow_forward).cbow_loss_grads
    V_in, V_out = tables(draw, kind=torch.float32)
    contexts, mask, centres = torch.tensor([[draw.integer(0, V)]]), torch.tensor([[True]]), draw.integers(0, V, 1)
    got = loss_and_grads(function, contexts, mask, centres, V_in, V_out)
    for mine, theirs, name in zip(
        got, cbow_oracle(contexts, mask, centres, V_in, V_out), ("loss", "grad_in", "grad_out"), strict=True
    ):
        close(
            mine,
            theirs,
            FLOAT32,
            en=f"{name} of a single example in float32",
            fr=f"{name} d'un seul exemple en float32",
        )


def sgns_batch(draw, B=4, K=3):
    """centre [B], outside [B], negatives [B, K]: all the centres differ, and so do all the other words."""
    words = torch.tensor(draw.sample(range(V), B * (1 + K)))
    return torch.tensor(draw.sample(range(V), B)), words[:B], words[B:].reshape(B, K)


def sgns_oracle(centre, outside, negatives, V_in, V_out):
    """Loss and gradients by autograd, from torch's binary cross-entropy on true and false neighbours."""

    def loss(a, b):
        scores = (b[torch.cat([outside[:, None], negatives], dim=1)] * a[centre][:, None]).sum(dim=2)
        truth = torch.zeros_like(scores)
        truth[:, 0] = 1
        return F.binary_cross_entropy_with_logits(scores, truth, reduction="sum") / len(centre)

    return autograd(loss, V_in, V_out)


@pytest.mark.group("sgns")
def test_sgns_loss(student, reference, draw):
    function = alone(student, reference).sgns_loss_grads
    V_in, V_out = tables(draw)
    batch = sgns_batch(draw)
    flat = loss_and_grads(function, *batch, V_in, torch.zeros(V, D, dtype=torch.float64))[0]
    flat = number(flat, en="the loss", fr="la perte")
    times = flat / math.log(2)
    expect(
        abs(times - 4) < 1e-6,
        en=f"with scores of 0 each of the 1 + K words of an example costs ln 2; for B = 4 and K = 3 your loss is {times:.4g} times "
        "ln 2 (sum over the negatives, mean over the batch)",
        fr=f"avec des scores nuls, chacun des 1 + K mots d'un exemple coûte ln 2 ; pour B = 4 et K = 3, votre perte vaut "
        f"{f'{times:.4g}'.replace('.', ',')} fois ln 2 (somme sur les négatifs, moyenne sur le lot)",
    )
    loss = loss_and_grads(function, *batch, V_in, V_out)[0]
    finite(loss, en="the loss", fr="la perte")
    swapped = sgns_oracle(*batch, V_out, V_in)[0]
    expect(
        abs(number(loss, en="the loss", fr="la perte") - float(swapped)) > 1e-9,
        en="the loss is the one of exchanged tables: the centre is read in V_in, the neighbour and the negatives in V_out",
        fr="la perte est celle des tables échangées : le centre se lit dans V_in, le voisin et les négatifs dans V_out",
    )
    close(loss, sgns_oracle(*batch, V_in, V_out)[0], FLOAT64, en="the loss", fr="la perte")
    close(loss, reference.sgns_loss_grads(*batch, V_in, V_out)[0], FLOAT64, en="the loss", fr="la perte")


@pytest.mark.group("sgns")
def test_sgns_gradients(student, reference, draw):
    function = alone(student, reference).sgns_loss_grads
    V_in, V_out = tables(draw)
    centre, outside, negatives = batch = sgns_batch(draw)
    got = loss_and_grads(function, *batch, V_in, V_out)
    _, want_in, want_out = sgns_oracle(*batch, V_in, V_out)
    for grad, used, name in (
        (got[1], centre, "grad_in"),
        (got[2], torch.cat([outside, negatives.flatten()]), "grad_out"),
    ):
        absent = torch.ones(V, dtype=torch.bool)
        absent[used] = False
        expect(
            not grad[absent].any(),
            en=f"{name}: words that play no part there receive something; their rows must be zero",
            fr=f"{name} : des mots qui n'y jouent aucun rôle reçoivent quelque chose ; leurs lignes doivent être nulles",
        )
    for grad, want, name in ((got[1], want_in, "grad_in"), (got[2], want_out, "grad_out")):
        expect(
            not is_near(grad, -want),
            en=f"{name} has the opposite sign: it would push the true neighbours away",
            fr=f"{name} est de signe contraire : il éloignerait les vrais voisins",
        )
        expect(
            not is_near(grad, 4 * want),
            en=f"{name} is B times too large: the loss is a mean over the batch, so its gradient divides by B too",
            fr=f"{name} est B fois trop grand : la perte est une moyenne sur le lot, donc son gradient divise aussi par B",
        )
    close(
        got[2][outside],
        want_out[outside],
        FLOAT64,
        en="grad_out at the true neighbours",
        fr="grad_out aux vrais voisins",
        picture=True,
    )
    close(
        got[2][negatives.flatten()],
        want_out[negatives.flatten()],
        FLOAT64,
        en="grad_out at the negatives",
        fr="grad_out aux négatifs",
        picture=True,
    )
    close(got[1], want_in, FLOAT64, en="grad_in", fr="grad_in", picture=True)
    close_to_own_slope(function, batch, V_in, V_out, got, draw)
    want = reference.sgns_loss_grads(*batch, V_in, V_out)
    close(got[1], want[1], FLOAT64, en="grad_in", fr="grad_in")
    close(got[2], want[2], FLOAT64, en="grad_out", fr="grad_out")


@pytest.mark.group("sgns")
def test_sgns_single_example_in_float32(student, reference, draw):
    V_in, V_out = tables(draw, kind=torch.float32)
    batch = sgns_batch(draw, B=1, K=1)
    got = loss_and_grads(alone(student, reference).sgns_loss_grads, *batch, V_in, V_out)
    for mine, theirs, name in zip(got, sgns_oracle(*batch, V_in, V_out), ("loss", "grad_in", "grad_out"), strict=True):
        close(
            mine,
            theirs,
            FLOAT32,
            en=f"{name} of one example with one negative, float32",
            fr=f"{name} d'un exemple à un négatif, float32",
        )


# The group sgns-edges compares the student's values with one another, never with the right ones: a wrong formula,
# exchanged tables or a table changed in place are paid for in the group sgns and not a second time.
def edge_loss_and_grads(function, *args):
    """(loss, grad_in, grad_out) of a call on copies."""
    return as_gradients(examine(function, args, {}).value, args[-1])


@pytest.mark.group("sgns-edges")
def test_repeated_negatives_add_up(student, reference, draw):
    function = alone(student, reference).sgns_loss_grads
    V_in, V_out = tables(draw)
    centre, outside, other, a, b = torch.tensor(draw.sample(range(V), 5)).split(1)

    def grad_out(neighbour, *negatives):
        _, grad_in, grad = edge_loss_and_grads(function, centre, neighbour, torch.cat(negatives)[None], V_in, V_out)
        finite(grad, en="grad_out when a negative repeats", fr="grad_out quand un négatif se répète")
        finite(grad_in, en="grad_in when a negative repeats", fr="grad_in quand un négatif se répète")
        return grad + grad_in  # the centre is another word: at the rows looked at, this is one of the two alone

    thrice_a, thrice_b = grad_out(outside, a, a, a, b), grad_out(outside, a, b, b, b)
    expect(bool(thrice_a[a].any()), en="grad_out is zero at a negative", fr="grad_out est nul à un négatif")
    for often, once, word in ((thrice_a, thrice_b, a), (thrice_b, thrice_a, b)):
        close(
            often[word],
            3 * once[word],
            FLOAT64,
            en="grad_out of a negative drawn three times in one example, against three times that of one draw",
            fr="grad_out d'un négatif tiré trois fois dans un exemple, comparé à trois fois celui d'un seul tirage",
        )
    pulled, pushed = grad_out(outside, other, b)[outside], grad_out(other, outside, b)[outside]
    close(
        grad_out(outside, outside, b)[outside],
        pulled + pushed,
        FLOAT64,
        en="grad_out of a true neighbour that is also a negative, against the sum of its two parts",
        fr="grad_out d'un vrai voisin qui est aussi négatif, comparé à la somme de ses deux contributions",
    )


@pytest.mark.group("sgns-edges")
def test_words_repeated_across_the_batch_add_up(student, reference, draw):
    function = alone(student, reference).sgns_loss_grads
    V_in, V_out = tables(draw)
    c, o, a, b = draw.sample(range(V), 4)
    centre = torch.tensor([c, c, o, c])
    outside = torch.tensor([o, a, o, b])
    negatives = torch.tensor([[a, b]] * 4)
    whole = edge_loss_and_grads(function, centre, outside, negatives, V_in, V_out)
    sums = [torch.zeros(V, D, dtype=torch.float64) for _ in range(2)]
    for row in range(4):
        one = slice(row, row + 1)
        single = edge_loss_and_grads(function, centre[one], outside[one], negatives[one], V_in, V_out)
        sums = [total + grad for total, grad in zip(sums, single[1:], strict=True)]
    for grad, total, name in ((whole[1], sums[0], "grad_in"), (whole[2], sums[1], "grad_out")):
        finite(grad, en=name, fr=name)
        finite(total, en=name, fr=name)
        expect(bool(grad.any() and total.any()), en=f"{name} is zero everywhere", fr=f"{name} est nul partout")
        close(
            grad / grad.norm(),
            total / total.norm(),
            FLOAT64,
            en=f"{name} of a batch that repeats words, against the sum over its examples taken one by one (both scaled to length 1)",
            fr=f"{name} d'un lot où des mots se répètent, comparé à la somme sur ses exemples pris un par un (ramenés à la longueur 1)",
            picture=True,
        )


@pytest.mark.group("sgns-edges")
@pytest.mark.parametrize("kind", [torch.float64, torch.float32])
def test_loss_and_gradients_at_scores_of_1000(student, reference, draw, kind):
    function = alone(student, reference).sgns_loss_grads
    near = [float(value) for value in draw.uniform(2, low=900.0, high=1100.0)]
    V_in = torch.tensor([[1.0, 0.0], [0.0, 1.0]], dtype=kind)
    V_out = torch.tensor([[near[0], -near[1]], [-near[1], near[0]]], dtype=kind)
    batch = torch.tensor([0, 0, 1, 1]), torch.tensor([0, 1, 0, 1]), torch.tensor([[1, 0], [0, 1], [1, 1], [0, 0]])
    loss, grad_in, grad_out = edge_loss_and_grads(function, *batch, V_in, V_out)
    loss = number(loss, en="the loss", fr="la perte")
    for value, name_en, name_fr in (
        (loss, "the loss", "la perte"),
        (grad_in, "grad_in", "grad_in"),
        (grad_out, "grad_out", "grad_out"),
    ):
        finite(value, en=f"{name_en} with scores near ±1000", fr=f"{name_fr} avec des scores proches de ±1000")
    expect(
        bool(grad_in.any() and grad_out.any()),
        en="with scores near ±1000 a gradient is zero everywhere, although some words are badly placed",
        fr="avec des scores proches de ±1000, un gradient est nul partout, bien que des mots soient mal placés",
    )
    doubled = edge_loss_and_grads(function, *batch, 2 * V_in, 2 * V_out)
    close(
        doubled[0],
        4 * loss,
        FLOAT32,
        en="the loss when both tables double, from scores near ±1000 (that far out it grows with the scores: nothing may be cut off)",
        fr="la perte quand les deux tables doublent, avec des scores proches de ±1000 (si loin, elle croît avec eux : rien ne doit être tronqué)",
    )
    for twice, grad, name in ((doubled[1], grad_in, "grad_in"), (doubled[2], grad_out, "grad_out")):
        close(
            twice,
            2 * grad,
            FLOAT32,
            en=f"{name} when both tables double, from scores near ±1000 (the sigmoids stay at 0 or 1)",
            fr=f"{name} quand les deux tables doublent, avec des scores proches de ±1000 (les sigmoïdes restent à 0 ou 1)",
        )
