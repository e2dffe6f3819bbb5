"""Hidden suite of `causal-lm`.

Covers blocks, the cost of each prediction, the mean of a batch, and the perplexity of a corpus. Each group looks at one
of these alone: the reference's costs are injected into the mean and the perplexity, and what is ignored, large or
differentiated is compared with the student's own costs of a plainer call. Does not cover models and training.
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

EXACT = Tolerance(0.0, 0.0, "ids, switches and losses that do not count are exact")
RATIO = Tolerance(2e-5, 0.0, "the exponential turns an error of 1e-5 in a float32 mean into a relative one")
SLOPE = Tolerance(1e-3, 1e-3, "central difference with a step of 0.01: curvature counts for about 1e-5")
NOWHERE = -7  # an `ignore` that stands in no batch


def own_costs(student, logits, ids, **options):
    """(losses, counted) of the student, two tensors of whatever shape."""
    losses, counted = parts(
        student.next_token_losses(logits, ids, **options), 2, en="(losses, counted)", fr="(losses, counted)"
    )
    expect(
        isinstance(losses, torch.Tensor) and isinstance(counted, torch.Tensor),
        en="losses and counted are torch tensors; one of yours is a NumPy array",
        fr="losses et counted sont des tenseurs torch ; l'un des vôtres est un tableau NumPy",
    )
    return losses, counted


def costs(student, logits, ids, **options):
    """(losses, counted) of the student, both tensors of shape [B, T - 1]."""
    losses, counted = own_costs(student, logits, ids, **options)
    size = (ids.shape[0], ids.shape[1] - 1)
    shape(losses, size, en="losses", fr="losses")
    shape(counted, size, en="counted", fr="counted")
    return losses, counted


def oracle(logits, ids, ignore=NOWHERE, reduction="none"):
    """torch's own cross-entropy, which has no shift: it is made by hand here."""
    return F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], ignore_index=ignore, reduction=reduction)


def padded(draw, rows, length, vocabulary, ignore):
    """A batch (logits, ids, the same ids without holes): each row has its own number of targets that do not count."""
    logits, clean = draw.normal(rows, length, vocabulary, scale=2.0), draw.integers(0, vocabulary, rows, length)
    clean = torch.where(clean == ignore, (ignore + 1) % vocabulary, clean)
    ids = clean.clone()
    for row in range(rows):
        ids[row, length - 1 - row % (length - 1) :] = ignore
    return logits, ids, clean


@pytest.mark.group("blocks")
def test_blocks_follow_one_another(student, reference, draw):
    for k, count, rest in ((3, 4, 2), (4, 3, 3), (5, 2, 0), (1, 6, 0), (7, 1, draw.integer(1, 7))):
        ids = draw.integers(0, 90, count * k + rest)
        blocks = student.make_blocks(ids, k)
        shape(blocks, (count, k), en="blocks", fr="les blocs")
        dtype(blocks, torch.int64, en="blocks", fr="les blocs")
        for expected in (reference.make_blocks(ids, k), ids.unfold(0, k, k)):
            close(
                blocks,
                expected,
                EXACT,
                en="tokens of the blocks: read row by row they are the text, from its first token on",
                fr="les tokens des blocs : lus ligne par ligne, ils sont le texte, depuis son premier token",
            )


@pytest.mark.group("blocks")
def test_short_texts_give_no_block(student, draw):
    for length, k in ((3, 4), (0, 2), (1, 6)):
        blocks = student.make_blocks(draw.integers(0, 9, length), k)
        shape(
            blocks,
            (0, k),
            en="blocks of a text that is shorter than one block",
            fr="les blocs d'un texte plus court qu'un bloc",
        )


@pytest.mark.group("blocks")
def test_blocks_of_a_column_leave_it_alone_and_refuse_no_length(student, draw):
    column = draw.integers(0, 50, 9, 3)[:, 1]
    blocks = unchanged(student.make_blocks, column, 4, en="make_blocks", fr="make_blocks")
    close(
        blocks,
        column[:8].reshape(2, 4),
        EXACT,
        en="blocks of a text that is a column of a table",
        fr="les blocs d'un texte qui est une colonne d'un tableau",
    )
    for k in (0, -2):
        raises(
            "ValueError",
            student.make_blocks,
            column,
            k,
            en="make_blocks for a k below 1",
            fr="make_blocks pour un k inférieur à 1",
        )


@pytest.mark.group("shapes")
def test_one_prediction_less_than_tokens(student, draw):
    for rows, length, vocabulary in ((2, 5, 7), (3, 4, 2), (1, 2, 6), (1, 6, 6), (4, 1, 5)):
        losses, counted = costs(
            student, draw.normal(rows, length, vocabulary), draw.integers(1, vocabulary, rows, length)
        )
        dtype(counted, torch.bool, en="the switches `counted`", fr="le masque `counted`")
        dtype(losses, torch.float32, en="losses", fr="losses")


@pytest.mark.group("shapes")
def test_half_precision_is_left_before_anything_is_computed(student, draw):
    ids = draw.integers(1, 40, 2, 6)
    for kind in (torch.float16, torch.bfloat16):
        logits = draw.normal(2, 6, 40, scale=3.0).to(kind)
        losses, _ = costs(student, logits, ids)
        dtype(losses, torch.float32, en="losses of half-precision logits", fr="les pertes de logits en demi-précision")
        wide, _ = costs(student, logits.float(), ids)
        close(
            losses,
            wide,
            FLOAT32,
            en="losses of half-precision logits, against those of the same logits in float32",
            fr="les pertes de logits en demi-précision, comparées à celles des mêmes logits en float32",
        )


@pytest.mark.group("shapes")
def test_double_precision_stays_and_the_mean_has_no_dimension(student, reference, draw):
    logits, ids = draw.normal(2, 5, 7, dtype=torch.float64), draw.integers(1, 7, 2, 5)
    losses, _ = costs(student, logits, ids)
    dtype(losses, torch.float64, en="losses of float64 logits", fr="les pertes de logits en float64")
    student = student.using(next_token_losses=reference.next_token_losses)
    for kind in (torch.float64, torch.float32):
        loss = student.lm_loss(logits.to(kind), ids)
        shape(loss, (), en="lm_loss", fr="lm_loss")
        dtype(loss, kind, en="lm_loss: it has the dtype of the losses", fr="lm_loss : elle a le dtype des pertes")


@pytest.mark.group("shift")
def test_matches_reference_and_torch(student, reference, draw):
    for rows, length, vocabulary in ((2, 5, 7), (3, 6, 4), (2, 4, 4), (1, 2, 9)):
        logits, ids = draw.normal(rows, length, vocabulary, scale=2.0), draw.integers(1, vocabulary, rows, length)
        losses, counted = costs(student, logits, ids)
        for expected in (reference.next_token_losses(logits, ids)[0], oracle(logits, ids)):
            close(losses, expected, FLOAT32, en="losses", fr="losses", picture=True)
        close(
            counted,
            torch.ones(rows, length - 1),
            EXACT,
            en="counted, when no target is to be ignored",
            fr="counted, quand aucune cible n'est à ignorer",
        )


@pytest.mark.group("shift")
def test_it_pays_to_announce_the_next_token(student, draw):
    ids = torch.tensor([draw.sample(range(1, 12), 6), draw.sample(range(1, 12), 6)])
    price = {}
    for name, announced in (
        ("own", ids),
        ("next", ids.roll(-1, 1)),
        ("second", ids.roll(-2, 1)),
        ("last", ids.roll(1, 1)),
    ):
        losses, _ = costs(student, 8.0 * F.one_hot(announced, 12).float(), ids)
        price[name] = float(losses[:, 1:-1].double().mean())
    for name, en, fr in (
        ("own", "the very token that was just read", "le token même qu'il vient de lire"),
        ("second", "the token after the next one", "le token qui suit le suivant"),
        ("last", "the token before the one just read", "le token qui précède celui qu'il vient de lire"),
    ):
        expect(
            not price[name] < price["next"],
            en=f"your losses are lowest for a model that announces {en}: look at the shift",
            fr=f"vos pertes sont au plus bas pour un modèle qui annonce {fr} : regardez le décalage",
        )


@pytest.mark.group("shift")
def test_a_model_that_knows_nothing_pays_the_logarithm_of_the_vocabulary(student, draw):
    vocabulary = draw.integer(20, 60)
    losses, _ = costs(student, torch.full((2, 4, vocabulary), 0.5), draw.integers(1, vocabulary, 2, 4))
    close(
        losses,
        torch.full((2, 3), math.log(vocabulary)),
        FLOAT32,
        en="losses when all tokens are equally likely (in nats)",
        fr="les pertes quand tous les tokens sont équiprobables (en nats)",
    )


@pytest.mark.group("shift")
def test_last_logits_and_first_token_are_asked_for_nothing(student, draw):
    logits, ids = draw.normal(2, 5, 7), draw.integers(1, 7, 2, 5)
    losses, _ = costs(student, logits, ids)
    other_logits, other_ids = logits.clone(), ids.clone()
    other_logits[:, -1] = draw.normal(2, 7, scale=9.0)
    other_ids[:, 0] = ids[:, 0] % 6 + 1
    changed, _ = costs(student, other_logits, other_ids)
    close(
        changed,
        losses,
        EXACT,
        en="losses after the last row of logits and the first token were changed: neither enters them",
        fr="les pertes après un changement de la dernière ligne de logits et du premier token : ni l'une ni l'autre n'y "
        "entre",
    )


@pytest.mark.group("shift")
def test_layout_in_memory_does_not_matter(student, draw):
    logits, ids = draw.normal(7, 5, 3).permute(2, 1, 0), draw.integers(1, 7, 5, 3).T
    losses, _ = costs(student, logits, ids)
    close(
        losses,
        oracle(logits, ids),
        FLOAT32,
        en="losses of tensors that were transposed",
        fr="les pertes de tenseurs transposés",
    )


@pytest.mark.group("ignore")
def test_only_the_target_decides(student, draw):
    for ignore in (-100, draw.integer(1, 9), 0, 12, -1):
        logits, ids, clean = padded(draw, 4, 5, 9, ignore)
        own, _ = costs(student, logits, clean, ignore=NOWHERE)
        losses, counted = costs(student, logits, ids, ignore=ignore)
        close(
            counted,
            ids[:, 1:] != ignore,
            EXACT,
            en="counted, with padding on the right",
            fr="counted, avec du remplissage à droite",
            picture=True,
        )
        close(
            losses,
            own.masked_fill(ids[:, 1:] == ignore, 0.0),
            FLOAT32,
            en="losses with padding, against your own losses without it, 0 where the target is ignored",
            fr="les pertes avec du remplissage, comparées à vos propres pertes sans lui, 0 là où la cible est ignorée",
        )


@pytest.mark.group("ignore")
def test_padding_on_the_left_and_holes(student, draw):
    logits, ids = draw.normal(2, 6, 7), draw.integers(1, 7, 2, 6)
    own, _ = costs(student, logits, ids)
    holed = ids.clone()
    holed[0, :3], holed[1, 2], holed[1, 4] = -100, -100, -100
    losses, counted = costs(student, logits, holed)
    expected = holed[:, 1:] != -100
    close(
        counted,
        expected,
        EXACT,
        en="counted, with padding on the left and in the middle: only the target decides",
        fr="counted, avec du remplissage à gauche et au milieu : seule la cible décide",
        picture=True,
    )
    close(
        losses,
        own.masked_fill(~expected, 0.0),
        FLOAT32,
        en="losses with padding on the left and in the middle, against your own losses without it",
        fr="les pertes avec du remplissage à gauche et au milieu, comparées à vos propres pertes sans lui",
    )


@pytest.mark.group("ignore")
def test_the_token_0_is_a_token(student, draw):
    logits = draw.normal(2, 4, 5)
    losses, counted = costs(student, logits, torch.zeros(2, 4, dtype=torch.int64))
    close(
        counted,
        torch.ones(2, 3),
        EXACT,
        en="counted, for a text of nothing but token 0, which is not to be ignored",
        fr="counted, pour un texte fait du seul token 0, qui n'est pas à ignorer",
    )
    expect(
        bool((losses != 0).all()),
        en="the token 0 costs nothing in your losses, though it is not the one to ignore",
        fr="le token 0 ne coûte rien dans vos pertes, alors que ce n'est pas lui qu'il faut ignorer",
    )


@pytest.mark.group("ignore")
def test_what_is_ignored_costs_0_whatever_its_logits_hold(student, draw):
    logits, ids = draw.normal(2, 5, 6), draw.integers(1, 6, 2, 5)
    own, _ = costs(student, logits, ids)
    ids[0, 2], ids[1, 3], ids[1, 4] = -100, -100, -100
    logits[0, 1], logits[1, 2], logits[1, 3] = math.nan, -math.inf, math.inf
    losses, _ = costs(student, logits, ids)
    finite(
        losses,
        en="losses when logits hold NaN or inf, only where the target is ignored",
        fr="les pertes quand des logits valent NaN ou inf, seulement là où la cible est ignorée",
    )
    close(
        losses,
        own.masked_fill(ids[:, 1:] == -100, 0.0),
        FLOAT32,
        en="losses when logits hold NaN or inf, only where the target is ignored",
        fr="les pertes quand des logits valent NaN ou inf, seulement là où la cible est ignorée",
    )


def averaging(student, reference):
    return student.using(next_token_losses=reference.next_token_losses)


@pytest.mark.group("mean")
def test_every_prediction_weighs_the_same(student, reference, draw):
    student = averaging(student, reference)
    for ignore in (-100, draw.integer(1, 9)):
        logits, ids, _ = padded(draw, 4, 6, 9, ignore)
        loss = student.lm_loss(logits, ids, ignore=ignore)
        for expected in (reference.lm_loss(logits, ids, ignore), oracle(logits, ids, ignore, "mean")):
            close(
                loss,
                expected,
                FLOAT32,
                en="lm_loss of sequences of different lengths",
                fr="lm_loss de séquences de longueurs différentes",
            )
    logits, ids = draw.normal(3, 4, 5), draw.integers(0, 5, 3, 4)
    close(
        student.lm_loss(logits, ids),
        oracle(logits, ids, reduction="mean"),
        FLOAT32,
        en="lm_loss without padding",
        fr="lm_loss sans remplissage",
    )


@pytest.mark.group("mean")
def test_one_prediction_or_none(student, reference, draw):
    student = averaging(student, reference)
    logits, ids = draw.normal(2, 4, 6), torch.full((2, 4), -100)
    close(
        student.lm_loss(logits, ids),
        torch.tensor(0.0),
        EXACT,
        en="lm_loss when no prediction counts",
        fr="lm_loss quand aucune prédiction ne compte",
    )
    close(
        student.lm_loss(logits[:, :1], draw.integers(1, 6, 2, 1)),
        torch.tensor(0.0),
        EXACT,
        en="lm_loss of sequences of one token",
        fr="lm_loss de séquences d'un seul token",
    )
    ids[1, 2] = draw.integer(0, 6)
    close(
        student.lm_loss(logits, ids),
        oracle(logits, ids, -100, "sum"),
        FLOAT32,
        en="lm_loss when a single prediction counts",
        fr="lm_loss quand une seule prédiction compte",
    )


def corpus(draw, ignore=-100):
    """Batches of different sizes, vocabularies' scores and shares of padding."""
    batches = []
    for rows, length, scale in ((4, 6, 1.0), (2, 5, 3.0), (2, 3, 6.0)):
        logits, ids, _ = padded(draw, rows, length, 8, ignore)
        batches.append((scale * logits, ids))
    return batches


def expected_perplexity(batches, ignore=-100):
    """By torch's own cross-entropy, in float64."""
    total = sum(float(oracle(logits.double(), ids, ignore, "sum")) for logits, ids in batches)
    return math.exp(total / sum(int((ids[:, 1:] != ignore).sum()) for _, ids in batches))


@pytest.mark.group("perplexity")
def test_one_mean_over_the_whole_corpus(student, reference, draw):
    student = averaging(student, reference)
    for ignore in (-100, draw.integer(0, 8)):
        batches = corpus(draw, ignore)
        answer = student.perplexity(batches, ignore=ignore)
        expect(
            isinstance(answer, float),
            en="perplexity returns a Python float",
            fr="perplexity renvoie un float de Python",
        )
        for expected in (reference.perplexity(batches, ignore), expected_perplexity(batches, ignore)):
            close(
                answer,
                expected,
                RATIO,
                en="perplexity of batches of different sizes",
                fr="la perplexité de lots de tailles différentes",
            )
    batches = corpus(draw)
    hollow = (draw.normal(2, 3, 8), torch.full((2, 3), -100))
    close(
        student.perplexity([hollow, *batches]),
        expected_perplexity(batches),
        RATIO,
        en="perplexity when one batch holds nothing but padding",
        fr="la perplexité quand un lot ne contient que du remplissage",
    )


@pytest.mark.group("perplexity")
def test_from_ignorance_to_infinity(student, reference, draw):
    student = averaging(student, reference)
    vocabulary = draw.integer(30, 90)
    close(
        student.perplexity([(torch.zeros(2, 4, vocabulary), draw.integers(0, vocabulary, 2, 4))]),
        float(vocabulary),
        RATIO,
        en="perplexity when all tokens are equally likely",
        fr="la perplexité quand tous les tokens sont équiprobables",
    )
    convinced = torch.zeros(1, 3, 4)
    convinced[..., 1] = 5000.0
    answer = student.perplexity([(convinced, torch.tensor([[1, 2, 3]]))])
    expect(
        isinstance(answer, float) and answer == math.inf,
        en="a mean loss that is too large for its exponential gives an infinite perplexity",
        fr="une perte moyenne trop grande pour son exponentielle donne une perplexité infinie",
    )
    for nothing in (
        [],
        [(draw.normal(2, 3, 4), torch.full((2, 3), -100))],
        [(draw.normal(2, 1, 4), torch.ones(2, 1).long())],
    ):
        raises(
            "ValueError",
            student.perplexity,
            nothing,
            en="perplexity when no prediction counts",
            fr="perplexity quand aucune prédiction ne compte",
        )


@pytest.mark.group("invariants")
def test_a_constant_added_to_all_logits_changes_nothing(student, draw):
    logits, ids = draw.normal(2, 5, 7, dtype=torch.float64), draw.integers(1, 7, 2, 5)
    losses, _ = own_costs(student, logits, ids)
    for constant in (1e4, -1e4):
        raised, _ = own_costs(student, logits + constant, ids)
        finite(raised, en="losses for logits around ±10,000", fr="les pertes pour des logits autour de ±10 000")
        close(
            raised,
            losses,
            FLOAT64,
            en="losses after the same number was added to all logits",
            fr="les pertes quand le même nombre est ajouté à tous les logits",
        )
    far = torch.tensor([1e4, -1e4, 0.0])[draw.integers(0, 3, 2, 5, 7)]
    finite(
        own_costs(student, far, ids)[0],
        en="losses for logits that are 10,000 apart",
        fr="les pertes pour des logits distants de 10 000",
    )


@pytest.mark.group("invariants")
def test_inputs_are_left_alone(student, draw):
    logits, ids = draw.normal(2, 5, 7), draw.integers(3, 7, 2, 5)
    ids[0, 3] = 2
    for name in ("next_token_losses", "lm_loss"):
        unchanged(getattr(student, name), logits, ids, 2, en=name, fr=name)
    unchanged(student.perplexity, [(logits, ids)], 2, en="perplexity", fr="perplexity")


@pytest.mark.group("invariants")
def test_gradients_are_the_slopes_of_the_loss(student, draw):
    logits, ids = draw.normal(3, 5, 7, dtype=torch.float64), draw.integers(1, 7, 3, 5)
    (gradient,) = gradients(student.lm_loss, logits, ids, wrt=(0,))
    expect(
        gradient is not None,
        en="no gradient flows from lm_loss back to the logits: a line of yours leaves the graph of autograd",
        fr="aucun gradient ne remonte de lm_loss aux logits : une de vos lignes sort du graphe d'autograd",
    )
    shape(gradient, logits.shape, en="gradient with respect to the logits", fr="le gradient par rapport aux logits")
    direction, step = draw.normal(3, 5, 7, dtype=torch.float64), 0.01
    ends = []
    for sign in (1, -1):
        loss = student.lm_loss(logits + sign * step * direction, ids)
        shape(loss, (), en="lm_loss", fr="lm_loss")
        finite(loss, en="lm_loss", fr="lm_loss")
        ends.append(float(loss))
    slope = (ends[0] - ends[1]) / (2 * step)
    close(
        (gradient.double() * direction).sum(),
        torch.tensor(slope, dtype=torch.float64),
        SLOPE,
        en="gradient of lm_loss along a direction, against the slope of your own function",
        fr="le gradient de lm_loss le long d'une direction, comparé à la pente de votre propre fonction",
    )


@pytest.mark.group("invariants")
def test_gradients_reach_logits_in_half_precision(student, draw):
    logits, ids = draw.normal(2, 4, 6).half(), draw.integers(1, 6, 2, 4)
    (gradient,) = gradients(student.lm_loss, logits, ids, wrt=(0,))
    expect(
        gradient is not None,
        en="no gradient flows from lm_loss back to logits in float16: a line of yours leaves the graph of autograd",
        fr="aucun gradient ne remonte de lm_loss à des logits en float16 : une de vos lignes sort du graphe d'autograd",
    )
    shape(gradient, logits.shape, en="gradient for float16 logits", fr="le gradient pour des logits en float16")
    finite(gradient, en="gradient for float16 logits", fr="le gradient pour des logits en float16")
