"""Hidden suite of `masked-lm`.

Covers masking, span corruption, pooling, the head and macro-F1. Each group looks at one thing alone: what is read is
compared only where it is clear which tokens are chosen, the edges of spans do not look at which sentinel stands where,
and the head is lent the reference's mean. Does not cover models and training.
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
    expect,
    finite,
    gradients,
    parts,
    raises,
    shape,
    unchanged,
)

EXACT = Tolerance(0.0, 0.0, "ids are exact")
NAMES = ("[PAD]", "[CLS]", "[SEP]", "[MASK]", "[UNK]")
# What becomes of a chosen token: on both sides of every limit, and far from all.
FATES = (0.0, 0.05, 0.15, 0.45, 0.77, 0.795, 0.805, 0.83, 0.86, 0.895, 0.905, 0.93, 0.96, 0.99)
LOWEST_SENTINEL = 100  # the texts stay below


def dice(*tables):
    """An `rng` that hands out the numbers of these tables in turn, and the list of the sizes it is asked for."""
    asked = []

    def rng(*size):
        size = tuple(size[0]) if len(size) == 1 and isinstance(size[0], (tuple, list)) else size
        asked.append(size)
        table = tables[(len(asked) - 1) % len(tables)]
        return table.flatten()[: math.prod(size)].reshape(size)

    return rng, asked


def vocabulary(draw):
    """(special, size): no two special ids are neighbours, and 0 is a word like any other."""
    size = draw.integer(40, 60)
    return dict(zip(draw.sample(NAMES, 5), draw.sample(range(3, size - 3, 2), 5), strict=True)), size


def words(draw, special, size, *dims):
    """Ids of `dims`, none of them special nor among the lowest, which some take for special."""
    plain = torch.tensor([i for i in range(6, size) if i not in special.values()])
    return plain[draw.integers(0, len(plain), *dims)]


def lottery(draw, ids, size, p, kind=torch.float32):
    """(u, v, w) of ids [4, 7]: each fate comes twice, once chosen and once not."""
    cases = draw.sample([(fate, taken) for fate in FATES for taken in (True, False)], ids.numel())
    v = torch.tensor([fate for fate, _ in cases], dtype=kind).reshape(ids.shape)
    taken = torch.tensor([taken for _, taken in cases]).reshape(ids.shape)
    share = draw.uniform(*ids.shape, low=0.05, high=0.95, dtype=kind)
    u = torch.where(taken, share * p, p + share * (1 - p))
    other = (ids + draw.integers(1, size, *ids.shape)) % size
    return u, v, ((other + torch.where(v < 0.84, 0.05, 0.7)) / size).to(kind)


def with_specials(draw, ids, tables, special):
    """The same with a special token of each name in every row; low numbers would choose and mask them all."""
    rows, count = len(ids), len(special)
    order = torch.tensor(draw.sample(range(ids.shape[1] + count), ids.shape[1] + count))
    shut = torch.tensor(list(special.values())).expand(rows, count)
    low = [draw.uniform(rows, count, high=0.1, dtype=table.dtype) for table in tables]
    wider = [torch.cat([table, more], dim=1)[:, order] for table, more in zip(tables, low, strict=True)]
    return torch.cat([ids, shut], dim=1)[:, order], wider


def by_rows(ids, special, size, tables, p):
    """(inputs, labels), one token after the other."""
    inputs, labels = ids.clone(), torch.full_like(ids, -100)
    for place in torch.cartesian_prod(*(torch.arange(n) for n in ids.shape)).tolist():
        u, v, w = (float(table[tuple(place)]) for table in tables)
        token = int(ids[tuple(place)])
        if token in special.values() or not u < p:
            continue
        labels[tuple(place)] = token
        if v < 0.9:
            inputs[tuple(place)] = special["[MASK]"] if v < 0.8 else int(w * size)
    return inputs, labels


def masked(student, ids, special, size, tables, p):
    """(inputs, labels) of the student, of whatever shape."""
    rng, _ = dice(*tables)
    return parts(student.mask_tokens(ids, special, size, rng, p), 2, en="(inputs, labels)", fr="(inputs, labels)")


@pytest.mark.group("shapes")
def test_two_tables_of_ids_from_three_tables_of_numbers(student, draw):
    special, size = vocabulary(draw)
    for dims, p in (((2, 5), 0.3), ((3, 1), 1.0), ((1, 4), 0.0), ((4, 7), 0.15)):
        ids = words(draw, special, size, *dims)
        rng, asked = dice(*(draw.uniform(*dims) for _ in range(3)))
        both = parts(student.mask_tokens(ids, special, size, rng, p), 2, en="(inputs, labels)", fr="(inputs, labels)")
        for table, name in zip(both, ("inputs", "labels"), strict=True):
            shape(table, dims, en=name, fr=name)
            dtype(table, torch.int64, en=name, fr=name)
        expect(
            asked == [dims] * 3,
            en=f"rng is called three times, each time for the shape of ids, whatever p is; you called it {len(asked)} "
            "times",
            fr=f"rng s'appelle trois fois, chaque fois pour la forme de ids, quel que soit p ; vous l'appelez "
            f"{len(asked)} fois",
        )


@pytest.mark.group("shapes")
def test_what_was_given_is_left_alone(student, draw):
    special, size = vocabulary(draw)
    ids = words(draw, special, size, 7, 4).T
    for p in (0.5, 1.0):
        rng, _ = dice(*lottery(draw, ids, size, 0.5))
        unchanged(student.mask_tokens, ids, special, size, rng, p, en="mask_tokens", fr="mask_tokens")


@pytest.mark.group("chosen")
def test_labels_are_the_original_ids_of_what_is_chosen(student, reference, draw):
    for p in (0.15, 0.4):
        special, size = vocabulary(draw)
        ids = words(draw, special, size, 4, 7)
        ids[1] = 0
        ids, tables = with_specials(draw, ids, lottery(draw, ids, size, p), special)
        _, labels = masked(student, ids, special, size, tables, p)
        rng, _ = dice(*tables)
        for expected in (
            by_rows(ids, special, size, tables, p)[1],
            reference.mask_tokens(ids, special, size, rng, p)[1],
        ):
            close(labels, expected, EXACT, en="labels", fr="labels", picture=True)


@pytest.mark.group("chosen")
def test_nothing_at_zero_everything_at_one_and_the_limit_is_out(student, draw):
    special, size = vocabulary(draw)
    ids = words(draw, special, size, 4, 7)
    _, v, w = lottery(draw, ids, size, 0.5, torch.float64)
    high = torch.full_like(v, 1 - 2**-24)
    _, labels = masked(student, ids, special, size, (torch.zeros_like(v), v, w), 0.0)
    close(labels, torch.full_like(ids, -100), EXACT, en="labels for p = 0", fr="les labels pour p = 0")
    _, labels = masked(student, ids, special, size, (high, v, w), 1.0)
    close(labels, ids, EXACT, en="labels for p = 1", fr="les labels pour p = 1")
    for p in (0.25, 0.5):
        at = draw.mask(4, 7, keep=0.5)
        u = torch.where(at, p, p - 0.01).double()
        _, labels = masked(student, ids, special, size, (u, v, w), p)
        close(
            labels,
            ids.masked_fill(at, -100),
            EXACT,
            en="labels where the first number is p itself",
            fr="les labels là où le premier nombre est p lui-même",
        )


@pytest.mark.group("corruption")
def test_inputs_match_the_rule_token_by_token(student, reference, draw):
    for p in (0.15, 0.5):
        special, size = vocabulary(draw)
        ids = words(draw, special, size, 4, 7)
        tables = lottery(draw, ids, size, p)
        inputs, _ = masked(student, ids, special, size, tables, p)
        rng, _ = dice(*tables)
        for expected in (
            by_rows(ids, special, size, tables, p)[0],
            reference.mask_tokens(ids, special, size, rng, p)[0],
        ):
            close(inputs, expected, EXACT, en="inputs", fr="inputs", picture=True)


@pytest.mark.group("corruption")
def test_limits_belong_to_the_upper_part(student, draw):
    special, size = vocabulary(draw)
    ids = words(draw, special, size, 2, 6)
    at, under = [0.8, 0.9, 0.8 - 1e-9, 0.9 - 1e-9], torch.full((2, 6), 0.01, dtype=torch.float64)
    v = torch.tensor(at * 3, dtype=torch.float64).reshape(2, 6)
    w = ((ids + 1) % size + 0.5) / size
    inputs, _ = masked(student, ids, special, size, (under, v, w.double()), 0.15)
    expected = torch.where(v < 0.8, special["[MASK]"], torch.where(v < 0.9, (ids + 1) % size, ids))
    close(
        inputs,
        expected,
        EXACT,
        en="inputs where the second number is 0.8 or 0.9, or just below",
        fr="les entrées là où le second nombre vaut 0,8 ou 0,9, ou juste en dessous",
    )


@pytest.mark.group("corruption")
def test_special_tokens_that_are_not_asked_for_stay(student, draw):
    special, size = vocabulary(draw)
    ids = words(draw, special, size, 4, 7)
    ids, tables = with_specials(draw, ids, lottery(draw, ids, size, 0.4), special)
    inputs, labels = masked(student, ids, special, size, tables, 0.4)
    shape(inputs, ids.shape, en="inputs", fr="inputs")
    shape(labels, ids.shape, en="labels", fr="labels")
    inputs, labels = torch.as_tensor(inputs), torch.as_tensor(labels)
    expect(
        not bool(((labels == -100) & (inputs != ids) & torch.isin(ids, torch.tensor([*special.values()]))).any()),
        en="a special token that your labels do not ask for is changed in your inputs",
        fr="un token spécial que vos labels ne demandent pas est changé dans vos entrées",
    )


def separate(draw, count):
    """(text, spans from left to right): between two spans, before the first and after the last stands a token."""
    edges = [0]
    for _ in range(2 * count + 1):
        edges.append(edges[-1] + draw.integer(1, 4))
    return draw.integers(0, LOWEST_SENTINEL, edges[-1]), list(zip(edges[1:-1:2], edges[2::2], strict=True))


def from_right_to_left(text, spans, first):
    """(inputs, targets) by replacing slices of a list, the last span first."""
    inputs, targets = text.tolist(), [first - len(spans)]
    for number, (start, end) in reversed(list(enumerate(sorted(spans)))):
        targets = [first - number, *inputs[start:end], *targets]
        inputs[start:end] = [first - number]
    return torch.tensor(inputs).long(), torch.tensor(targets)


def corrupted(student, text, spans, first):
    """(inputs, targets) of the student, tensors of one dimension."""
    both = parts(student.span_corrupt(text, spans, first), 2, en="(inputs, targets)", fr="(inputs, targets)")
    expect(
        all(isinstance(each, torch.Tensor) and each.dim() == 1 for each in both),
        en="inputs and targets are torch tensors of one dimension",
        fr="inputs et targets sont des tenseurs torch à une dimension",
    )
    return both


def restored(inputs, targets):
    """The text: each span of the targets in the place of its sentinel."""
    spans, last = {}, None
    for token in targets.tolist():
        if token >= LOWEST_SENTINEL:
            last = token
        spans.setdefault(last, []).extend([] if token >= LOWEST_SENTINEL else [token])
    return [each for token in inputs.tolist() for each in spans.get(token, [token])]


@pytest.mark.group("spans")
def test_the_text_can_be_put_together_again(student, draw):
    text, spans = separate(draw, 4)
    inputs, targets = corrupted(student, text, spans[::-1], draw.integer(200, 300))
    expect(
        restored(inputs, targets) == text.tolist(),
        en="the spans of your targets, put in the place of their sentinels in your inputs, do not give the text",
        fr="les segments de vos cibles, mis à la place de leurs sentinelles dans vos entrées, ne redonnent pas le "
        "texte",
    )


@pytest.mark.group("spans")
def test_spans_match_reference_and_list_surgery(student, reference, draw):
    for count in (1, 2, 3, 5):
        text, spans = separate(draw, count)
        first = draw.integer(200, 300)
        for given in (spans, spans[::-1], spans[1:] + spans[:1]):
            inputs, targets = corrupted(student, text, given, first)
            for expected in (reference.span_corrupt(text, given, first), from_right_to_left(text, given, first)):
                close(inputs, expected[0], EXACT, en="inputs", fr="inputs")
                close(targets, expected[1], EXACT, en="targets", fr="targets")
    text = draw.integers(0, LOWEST_SENTINEL, 6)
    inputs, targets = corrupted(student, text, [], 234)
    close(inputs, text, EXACT, en="inputs without any span", fr="les entrées sans aucun segment")
    close(targets, torch.tensor([234]), EXACT, en="targets without any span", fr="les cibles sans aucun segment")


def blind(sequence):
    """The ids with every sentinel as -1, without a sentinel at the end: which one it is does not count here."""
    ids = [-1 if token >= LOWEST_SENTINEL else token for token in sequence.tolist()]
    return torch.tensor(ids[:-1] if ids[-1:] == [-1] else ids).long()


@pytest.mark.group("span-edges")
def test_spans_that_touch_and_spans_at_the_ends(student, draw):
    text = draw.integers(0, LOWEST_SENTINEL, 9)
    for spans, en, fr in (
        ([(2, 4), (4, 5), (5, 7)], "spans touch", "des segments se touchent"),
        ([(4, 6), (2, 4)], "spans touch and come in reverse", "des segments se touchent et viennent à l'envers"),
        ([(0, 2), (7, 9)], "spans begin and end the text", "des segments ouvrent et ferment le texte"),
        ([(0, 9)], "one span covers the text", "un segment couvre le texte"),
        ([(0, 4), (4, 9)], "two spans cover the text", "deux segments couvrent le texte"),
        ([(3, 4), (5, 6)], "spans hold one token", "des segments ont un seul token"),
    ):
        inputs, targets = corrupted(student, text, spans, 250)
        for sequence, expected, name in zip(
            (inputs, targets), from_right_to_left(text, spans, 250), ("inputs", "targets"), strict=True
        ):
            close(
                blind(sequence),
                blind(expected),
                EXACT,
                en=f"{name} when {en} (whichever the sentinels)",
                fr=f"{name} quand {fr} (quelles que soient les sentinelles)",
            )


@pytest.mark.group("span-edges")
def test_empty_texts_stay_whole_numbers(student, draw):
    for text, spans in (
        (torch.zeros(0).long(), []),
        (draw.integers(0, 90, 3), []),
        (draw.integers(0, 90, 3), [(0, 3)]),
    ):
        inputs, targets = corrupted(student, text, spans, 250)
        dtype(inputs, torch.int64, en="inputs, even of an empty text", fr="les entrées, même d'un texte vide")
        dtype(targets, torch.int64, en="targets, even of an empty text", fr="les cibles, même d'un texte vide")
        close(
            blind(inputs),
            blind(from_right_to_left(text, spans, 250)[0]),
            EXACT,
            en="inputs of a text that is empty, or left whole, or hidden whole",
            fr="les entrées d'un texte vide, laissé entier ou caché en entier",
        )


@pytest.mark.group("span-edges")
def test_impossible_spans_are_refused(student, draw):
    text = draw.integers(0, LOWEST_SENTINEL, 7)
    for spans, en, fr in (
        ([(2, 2)], "an empty span", "un segment vide"),
        ([(4, 2)], "a reversed span", "un segment à l'envers"),
        ([(-2, 1)], "a span that begins before the text", "un segment qui commence avant le texte"),
        ([(-3, -1)], "a span counted from the end", "un segment compté depuis la fin"),
        ([(5, 8)], "a span that ends after the text", "un segment qui finit après le texte"),
        ([(1, 3), (2, 5)], "spans that share a token", "des segments qui partagent un token"),
        ([(1, 6), (2, 4)], "a span within another", "un segment dans un autre"),
        (
            [(3, 5), (0, 2), (1, 3)],
            "spans in any order that share a token",
            "des segments mêlés qui partagent un token",
        ),
        ([(1, 3), (1, 3)], "a span given twice", "un segment donné deux fois"),
    ):
        raises("ValueError", student.span_corrupt, text, spans, 250, en=en, fr=fr)


@pytest.mark.group("span-edges")
def test_text_and_spans_are_left_alone(student, draw):
    text, spans = separate(draw, 3)
    unchanged(student.span_corrupt, text, spans[::-1], 250, en="span_corrupt", fr="span_corrupt")


def scattered(draw, rows, length):
    """A mask whose rows hold padding and real tokens, both at least once, anywhere."""
    mask = draw.mask(rows, length, keep=0.5)
    for row in mask:
        shut, kept = draw.sample(range(length), 2)
        row[shut], row[kept] = False, True
    return mask


def means(hidden, mask):
    """Row by row, over the vectors that are selected."""
    return torch.stack([vectors[real].mean(dim=0) for vectors, real in zip(hidden, mask, strict=True)])


@pytest.mark.group("pooling")
def test_means_match_reference_and_selection(student, reference, draw):
    for rows, length, width, kind, tolerance in (
        (3, 6, 4, torch.float32, FLOAT32),
        (2, 5, 5, torch.float64, FLOAT64),
        (4, 2, 3, torch.float32, FLOAT32),
    ):
        hidden, mask = draw.normal(rows, length, width, dtype=kind) + 1.0, scattered(draw, rows, length)
        pooled = student.masked_mean_pool(hidden, mask)
        dtype(pooled, kind, en="the means", fr="les moyennes")
        for expected in (reference.masked_mean_pool(hidden, mask), means(hidden, mask)):
            close(pooled, expected, tolerance, en="means of the real tokens", fr="les moyennes des vrais tokens")
    single = draw.normal(2, 1, 3)
    close(
        student.masked_mean_pool(single, torch.ones(2, 1).bool()),
        single[:, 0],
        FLOAT32,
        en="means of texts of one token",
        fr="les moyennes de textes d'un token",
    )


@pytest.mark.group("pooling")
def test_padding_never_matters(student, draw):
    hidden, mask = draw.normal(3, 6, 4), scattered(draw, 3, 6)
    for value, en, fr in (
        (math.nan, "NaN", "NaN"),
        (math.inf, "infinity", "l'infini"),
        (50.0, "large numbers", "de grands nombres"),
        (0.0, "zeros", "des zéros"),
    ):
        close(
            student.masked_mean_pool(hidden.masked_fill(~mask.unsqueeze(-1), value), mask),
            means(hidden, mask),
            FLOAT32,
            en=f"means when the padding holds {en}",
            fr=f"les moyennes quand le remplissage contient {fr}",
        )


@pytest.mark.group("pooling")
def test_texts_without_tokens_and_tokens_without_length(student, draw):
    hidden, mask = draw.normal(3, 5, 4) + 2.0, scattered(draw, 3, 5)
    mask[1] = False
    pooled = student.masked_mean_pool(hidden, mask)
    shape(pooled, (3, 4), en="the means", fr="les moyennes")
    close(
        pooled,
        means(hidden, mask).nan_to_num(0.0),
        FLOAT32,
        en="means when one text has no real token",
        fr="les moyennes quand un texte n'a aucun vrai token",
    )
    hidden, mask = draw.normal(2, 4, 3) + 2.0, torch.ones(2, 4).bool()
    hidden[0, 1] = 0.0
    close(
        student.masked_mean_pool(hidden, mask),
        hidden.mean(dim=1),
        FLOAT32,
        en="means when the vector of a real token is zero",
        fr="les moyennes quand le vecteur d'un vrai token est nul",
    )


@pytest.mark.group("pooling")
def test_layout_does_not_matter_and_inputs_are_left_alone(student, draw):
    hidden, mask = draw.normal(4, 6, 3).permute(2, 1, 0), scattered(draw, 6, 3).T
    mask = mask | (torch.arange(6) == 2)
    close(
        unchanged(student.masked_mean_pool, hidden, mask, en="masked_mean_pool", fr="masked_mean_pool"),
        means(hidden, mask),
        FLOAT32,
        en="means of tensors that were transposed",
        fr="les moyennes de tenseurs transposés",
    )


@pytest.mark.group("pooling")
def test_gradients_reach_real_tokens_only(student, draw):
    hidden, mask, weights = draw.normal(3, 5, 4), scattered(draw, 3, 5), draw.normal(3, 4)
    mask[2] = False
    hidden = hidden.masked_fill(~mask.unsqueeze(-1), math.nan)
    (gradient,) = gradients(student.masked_mean_pool, hidden, mask, wrt=(0,), weights=weights)
    expect(
        gradient is not None,
        en="no gradient flows back to hidden: a line of yours leaves the graph of autograd",
        fr="aucun gradient ne remonte à hidden : une de vos lignes sort du graphe d'autograd",
    )
    finite(gradient, en="gradient with respect to hidden", fr="le gradient par rapport à hidden")
    share = mask / mask.sum(dim=1, keepdim=True).clamp(min=1)
    close(
        gradient,
        torch.einsum("bt,bd->btd", share, weights),
        FLOAT32,
        en="gradient with respect to hidden, 0 at the padding",
        fr="le gradient par rapport à hidden, nul au remplissage",
    )


def headed(draw, classes, width, kind=torch.float32):
    """(hidden, mask, weight, bias)"""
    hidden, mask = draw.normal(3, 5, width, dtype=kind), scattered(draw, 3, 5)
    return hidden, mask, draw.normal(classes, width, dtype=kind), draw.normal(classes, dtype=kind, scale=2.0)


@pytest.mark.group("classes")
def test_logits_are_a_linear_layer_on_the_means(student, reference, draw):
    student = student.using(masked_mean_pool=reference.masked_mean_pool)
    for classes, width, kind, tolerance in (
        (4, 6, torch.float32, FLOAT32),
        (5, 5, torch.float32, FLOAT32),
        (2, 3, torch.float64, FLOAT64),
    ):
        hidden, mask, weight, bias = headed(draw, classes, width, kind)
        logits = student.classification_logits(hidden, mask, weight, bias)
        shape(logits, (3, classes), en="logits", fr="les logits")
        dtype(logits, kind, en="logits", fr="les logits")
        for expected in (
            reference.classification_logits(hidden, mask, weight, bias),
            F.linear(means(hidden, mask), weight, bias),
        ):
            close(logits, expected, tolerance, en="logits", fr="les logits")
    hidden, mask, weight, bias = headed(draw, 4, 3)
    mask[0] = False
    close(
        unchanged(
            student.classification_logits,
            hidden,
            mask,
            weight,
            bias,
            en="classification_logits",
            fr="classification_logits",
        ),
        torch.cat([bias[None], F.linear(means(hidden[1:], mask[1:]), weight, bias)]),
        FLOAT32,
        en="logits when a text has no real token",
        fr="les logits quand un texte n'a aucun vrai token",
    )


@pytest.mark.group("classes")
def test_gradients_reach_the_head(student, reference, draw):
    student = student.using(masked_mean_pool=reference.masked_mean_pool)
    hidden, mask, weight, bias = headed(draw, 4, 6)
    seen = draw.normal(3, 4)
    of_weight, of_bias = gradients(student.classification_logits, hidden, mask, weight, bias, wrt=(2, 3), weights=seen)
    expect(
        of_weight is not None and of_bias is not None,
        en="no gradient flows back to weight and bias: a line of yours leaves the graph of autograd",
        fr="aucun gradient ne remonte à weight et bias : une de vos lignes sort du graphe d'autograd",
    )
    close(of_weight, seen.T @ means(hidden, mask), FLOAT32, en="gradient of the weight", fr="le gradient de weight")
    close(of_bias, seen.sum(dim=0), FLOAT32, en="gradient of the bias", fr="le gradient de bias")


def mixed(draw, gold, predicted, letters):
    """The same texts in another order, each letter being a number of its own."""
    number = dict(zip(letters, draw.sample(range(20), len(letters)), strict=True))
    pairs = draw.sample(list(zip(predicted, gold, strict=True)), len(gold))
    return tuple(torch.tensor([number[letter] for letter in column]) for column in zip(*pairs, strict=True))


def counted_by_sets(predicted, gold):
    """Macro-F1 from sets of the texts' places."""
    scores = []
    for label in set(predicted.tolist() + gold.tolist()):
        said, true = ({i for i, each in enumerate(column.tolist()) if each == label} for column in (predicted, gold))
        scores.append(2 * len(said & true) / (len(said) + len(true)))
    return math.fsum(scores) / len(scores)


@pytest.mark.group("classes")
def test_macro_f1_matches_reference_and_sets(student, reference, draw):
    for gold, predicted in (
        ("aaaaaaaabbbccd", "aaaaaaabbbacef"),  # d is never predicted, e and f are only predicted
        ("aaaaabbbc", "aabbabbab"),
        ("abcabca", "abcabca"),
        ("aabb", "bbaa"),
        ("a", "b"),
    ):
        said, true = mixed(draw, gold, predicted, "abcdef")
        answer = unchanged(student.macro_f1, said, true, en="macro_f1", fr="macro_f1")
        expect(
            isinstance(answer, float),
            en="macro_f1 returns a Python float",
            fr="macro_f1 renvoie un float de Python",
        )
        for expected in (reference.macro_f1(said, true), counted_by_sets(said, true)):
            close(answer, expected, FLOAT32, en="macro-F1", fr="le macro-F1")
    said, true = draw.integers(0, 6, 30), draw.integers(2, 8, 30)
    close(
        student.macro_f1(said, true),
        counted_by_sets(said, true),
        FLOAT32,
        en="macro-F1 of guesses at random",
        fr="le macro-F1 de réponses au hasard",
    )
    raises("ValueError", student.macro_f1, said[:0], true[:0], en="macro-F1 of no text", fr="le macro-F1 d'aucun texte")
