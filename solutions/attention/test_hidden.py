"""Hidden suite of `attention`.

Covers softmax, and scaled dot-product attention: leading dimensions, weights, scale, mask, large scores,
gradients. Each group looks at one of these alone: torch's softmax is injected, the scale is read off
the student's own weights, and masks and batches are compared with the student's own smaller calls.
Does not cover speed and dropout.
"""

import math

import pytest
import torch
import torch.nn.functional as F

from autograder.checks import (
    FLOAT32,
    FLOAT64,
    Public,
    Tolerance,
    close,
    dtype,
    expect,
    finite,
    gradients,
    parts,
    shape,
    unchanged,
)

EXACT = Tolerance(0.0, 0.0, "an impossible score has probability 0, not almost 0")
FLOAT16 = Tolerance(0.0, 3e-3, "float16 keeps 11 bits (5e-4); exp, sum, division and product each round once")
SCALE = Tolerance(0.0, 1e-4, "a scale read off the logarithms of float32 weights")
SLOPE = Tolerance(1e-3, 2e-3, "central difference with a step of 0.01: curvature counts for about 1e-4")

INF = float("inf")

# Torch's own, which gives zeros where every score is -inf, as the assignment asks.
SOFTMAX = Public("lambda x, dim=-1: torch.ops.aten._safe_softmax(x, dim)")


def answer(student, q, k, v, **options):
    """(out, weights) of the student, both tensors of the right shape. q: [..., T_q, d_k] -> [..., T_q, d_v]"""
    return judged(student.scaled_dot_product_attention(q, k, v, **options), q, k, v)


def judged(result, q, k, v):
    """What is asked of every result, whatever its values."""
    out, weights = parts(result, 2, en="(out, weights)", fr="(out, weights)")
    shape(out, (*q.shape[:-1], v.shape[-1]), en="out", fr="out")
    shape(weights, (*q.shape[:-1], k.shape[-2]), en="attention weights", fr="les poids d'attention")
    expect(
        isinstance(out, torch.Tensor) and isinstance(weights, torch.Tensor),
        en="out and weights are torch tensors; one of yours is a NumPy array",
        fr="out et weights sont des tenseurs torch ; l'un des vôtres est un tableau NumPy",
    )
    return out, weights


def attend(student, q, k, v, **options):
    """`answer`, and every value is finite."""
    (result,) = attend_each(student, (q, k, v), **options)
    return result


def attend_each(student, *inputs, **options):
    """`attend` for one (q, k, v), (q, k, v, mask) or (q, k, v, mask, scale) after the other."""
    results = student.scaled_dot_product_attention.each(*inputs, **options)
    results = [judged(result, *given[:3]) for result, given in zip(results, inputs, strict=True)]
    for out, weights in results:
        finite(weights, en="attention weights", fr="les poids d'attention")
        finite(out, en="out", fr="out")
    return results


def measured_scale(weights, q, k):
    """The factor that the scores carry, read off the weights: q: [T_q, d_k], k: [T_k, d_k] -> float.

    log(weights) is factor * (q k^T) plus a constant per row; centring rows and columns removes the constants.
    """
    expect(
        bool((weights > 0).all()),
        en="attention weights: without a mask every key gets a weight above 0; some of yours are 0 or negative",
        fr="poids d'attention : sans masque, chaque clé reçoit un poids strictement positif ; "
        "certains des vôtres sont nuls ou négatifs",
    )
    logs, products = _centred(weights.double().log()), _centred(q.double() @ k.double().T)
    return float((logs * products).sum() / (products * products).sum())


def _centred(matrix):
    rows = matrix - matrix.mean(dim=1, keepdim=True)
    return rows - rows.mean(dim=0, keepdim=True)


@pytest.mark.group("softmax")
def test_slices_sum_to_one_along_the_given_dimension(student, draw):
    x = draw.normal(2, 3, 4)
    dims = (-1, 0, 1)
    for dim, probabilities in zip(dims, student.softmax.each(*((x, dim) for dim in dims)), strict=True):
        shape(probabilities, x.shape, en="softmax", fr="softmax")
        finite(probabilities, en="softmax", fr="softmax")
        close(
            probabilities.sum(dim),
            torch.ones_like(x).sum(dim) / x.shape[dim],
            FLOAT32,
            en="sums of the probabilities along `dim`, for different values of `dim`",
            fr="les sommes des probabilités le long de `dim`, pour plusieurs valeurs de `dim`",
        )


@pytest.mark.group("softmax")
def test_matches_reference_and_torch(student, reference, draw):
    x = draw.normal(3, 4, 5, scale=2.0)
    dims = (-1, 0, 1)
    given = [
        *zip(dims, student.softmax.each(*((x, dim) for dim in dims)), strict=True),
        (-2, student.softmax(x, dim=-2)),
    ]
    for dim, probabilities in given:
        close(probabilities, reference.softmax(x, dim), FLOAT32, en="softmax", fr="softmax")
        close(probabilities, torch.softmax(x, dim), FLOAT32, en="softmax", fr="softmax")
    close(
        student.softmax(x),
        torch.softmax(x, -1),
        FLOAT32,
        en="softmax when `dim` is not given",
        fr="softmax quand `dim` n'est pas donné",
    )


@pytest.mark.group("softmax")
def test_keeps_dtype_layout_and_single_scores(student, draw):
    wide = draw.normal(4, 3, dtype=torch.float64)
    turned, alone = draw.normal(5, 3).transpose(0, 1), draw.normal(3, 1)
    probabilities, of_turned, of_alone = student.softmax.each((wide,), (turned,), (alone,))
    dtype(probabilities, torch.float64, en="softmax of float64 scores", fr="softmax de scores float64")
    close(
        probabilities, torch.softmax(wide, -1), FLOAT64, en="softmax of float64 scores", fr="softmax de scores float64"
    )
    close(
        of_turned,
        torch.softmax(turned, -1),
        FLOAT32,
        en="softmax of a transposed tensor",
        fr="softmax d'un tenseur transposé",
    )
    close(
        of_alone,
        torch.ones(3, 1),
        FLOAT32,
        en="softmax over a dimension of size 1",
        fr="softmax sur une dimension de taille 1",
    )


@pytest.mark.group("shapes")
def test_two_three_four_and_five_dimensions(student, draw):
    student = student.using(softmax=SOFTMAX)
    sizes = ((), 3, 5), ((2,), 1, 4), ((2, 3), 4, 1), ((2, 1, 3), 3, 5), ((), 1, 4), ((), 4, 1)
    inputs = [
        (draw.normal(*lead, t_q, 6), draw.normal(*lead, t_k, 6), draw.normal(*lead, t_k, 7)) for lead, t_q, t_k in sizes
    ]
    attend_each(student, *inputs)


@pytest.mark.group("shapes")
def test_each_head_of_each_sequence_stands_alone(student, draw):
    student = student.using(softmax=SOFTMAX)
    q, k, v = draw.normal(2, 3, 4, 6), draw.normal(2, 3, 5, 6), draw.normal(2, 3, 5, 7)
    places = (0, 1), (1, 0), (1, 2)
    (out, weights), *alone = attend_each(student, (q, k, v), *((q[at], k[at], v[at]) for at in places))
    for (b, h), (out_alone, weights_alone) in zip(places, alone, strict=True):
        _same_alone(out[b, h], weights[b, h], out_alone, weights_alone)


@pytest.mark.group("shapes")
def test_masks_broadcast_over_leading_dimensions(student, draw):
    student = student.using(softmax=SOFTMAX)
    q, k, v = draw.normal(2, 3, 4, 6), draw.normal(2, 3, 5, 6), draw.normal(2, 3, 5, 7)
    cases = [
        (draw.mask(*lead, 4, 5), at)
        for lead, at in (((), (0, 1)), ((2, 1), (1, 2)), ((1, 3), (1, 2)), ((2, 3), (0, 1)))
    ]
    inputs = []
    for mask, at in cases:
        inputs += [(q, k, v, mask), (q[at], k[at], v[at], mask.expand(2, 3, 4, 5)[at])]
    results = attend_each(student, *inputs)
    for (_, at), (out, weights), alone in zip(cases, results[::2], results[1::2], strict=True):
        _same_alone(out[at], weights[at], *alone)


def _same_alone(out, weights, out_alone, weights_alone):
    close(
        weights,
        weights_alone,
        FLOAT32,
        en="attention weights of one head of one sequence, in a batch against alone",
        fr="les poids d'attention d'une tête d'une séquence, dans un lot et seule",
        picture=True,
    )
    close(
        out,
        out_alone,
        FLOAT32,
        en="out of one head of one sequence, in a batch against alone",
        fr="out d'une tête d'une séquence, dans un lot et seule",
    )


@pytest.mark.group("shapes")
def test_keeps_dtype_and_accepts_any_layout(student, draw):
    student = student.using(softmax=SOFTMAX)
    q, k, v = (draw.normal(2, d, t, dtype=torch.float64).transpose(1, 2) for d, t in ((6, 3), (6, 5), (7, 5)))
    (out, weights), (narrow, narrow_weights), (same_out, same_weights) = attend_each(
        student,
        (q, k, v),
        (q.float(), k.float(), v.float()),
        (q.contiguous(), k.contiguous(), v.contiguous()),
    )
    dtype(out, torch.float64, en="out for float64 inputs", fr="out pour des entrées float64")
    dtype(weights, torch.float64, en="weights for float64 inputs", fr="les poids pour des entrées float64")
    dtype(narrow, torch.float32, en="out for float32 inputs", fr="out pour des entrées float32")
    dtype(narrow_weights, torch.float32, en="weights for float32 inputs", fr="les poids pour des entrées float32")
    close(
        weights,
        same_weights,
        FLOAT64,
        en="attention weights of transposed inputs against contiguous ones",
        fr="les poids d'attention pour des entrées transposées ou contiguës",
    )
    close(
        out,
        same_out,
        FLOAT64,
        en="out of transposed inputs against contiguous ones",
        fr="out pour des entrées transposées ou contiguës",
    )


@pytest.mark.group("values")
def test_each_query_shares_one_among_the_keys(student, draw):
    _, weights = attend(student.using(softmax=SOFTMAX), draw.normal(4, 6), draw.normal(5, 6), draw.normal(5, 7))
    along_keys, along_queries = weights.double().sum(-1), weights.double().sum(-2)
    expect(
        not (_all_ones(along_queries) and not _all_ones(along_keys)),
        en="your weights sum to 1 along the queries, not along the keys: look at the dimension given to softmax",
        fr="vos poids somment à 1 le long des requêtes et non des clés : regardez la dimension donnée à softmax",
    )
    expect(
        _all_ones(along_keys),
        en="the weights of one query do not sum to 1 over the keys",
        fr="les poids d'une requête ne somment pas à 1 sur les clés",
    )


def _all_ones(sums):
    return bool((sums - 1).abs().max() <= FLOAT32.atol)


@pytest.mark.group("values")
def test_weights_are_the_softmax_of_dot_products(student, reference, draw):
    q, k, v = draw.normal(4, 6), draw.normal(5, 6), draw.normal(5, 7)
    out, weights = attend(student.using(softmax=SOFTMAX), q, k, v)
    factor = measured_scale(weights, q, k)
    expect(
        factor > 0,
        en="your weights do not grow with the dot product of query and key",
        fr="vos poids ne grandissent pas avec le produit scalaire de la requête et de la clé",
    )
    for oracle in (reference.scaled_dot_product_attention, _torch_attention):
        right_out, right_weights = oracle(q, k, v, scale=factor)
        close(
            weights,
            right_weights,
            FLOAT32,
            en="attention weights, whatever your scale",
            fr="les poids d'attention, quel que soit votre facteur d'échelle",
            picture=True,
        )
        close(out, right_out, FLOAT32, en="out, whatever your scale", fr="out, quel que soit votre facteur d'échelle")


def _torch_attention(q, k, v, scale):
    """Torch's fused attention; its weights are its own output for the identity as values."""
    return (
        F.scaled_dot_product_attention(q[None], k[None], v[None], scale=scale)[0],
        F.scaled_dot_product_attention(q[None], k[None], torch.eye(len(k))[None], scale=scale)[0],
    )


@pytest.mark.group("values")
def test_queries_without_preference_and_a_single_key(student, draw):
    student = student.using(softmax=SOFTMAX)
    v = draw.normal(5, 7)
    (out, _), (alone, weights) = attend_each(
        student, (torch.zeros(3, 6), draw.normal(5, 6), v), (draw.normal(3, 6), draw.normal(1, 6), v[:1])
    )
    close(
        out,
        v.mean(0).expand(3, 7),
        FLOAT32,
        en="out when every key has the same score",
        fr="out quand toutes les clés ont le même score",
    )
    close(weights, torch.ones(3, 1), FLOAT32, en="weights over a single key", fr="les poids sur une clé unique")
    close(alone, v[:1].expand(3, 7), FLOAT32, en="out for a single key", fr="out pour une clé unique")


@pytest.mark.group("scale")
def test_default_scale_depends_on_key_width_alone(student, draw):
    student = student.using(softmax=SOFTMAX)
    inputs = [
        (draw.normal(3, d_k), draw.normal(t_k, d_k), draw.normal(t_k, d_v))
        for d_k, t_k, d_v in ((6, 5, 8), (15, 7, 3), (2, 4, 5))
    ]
    for (q, k, _), (_, weights) in zip(inputs, attend_each(student, *inputs), strict=True):
        d_k = q.shape[-1]
        factor = measured_scale(weights, q, k)
        unscaled = abs(factor - 1) < 1e-3
        expect(
            not unscaled,
            en="without `scale`, your scores are the bare dot products: their variance grows with d_k",
            fr="sans `scale`, vos scores sont les produits scalaires bruts : leur variance grandit avec d_k",
        )
        expect(
            abs(factor - 1 / math.sqrt(d_k)) <= SCALE.atol,
            en=f"without `scale`, your dot products are multiplied by {factor:.3g} for d_k = {d_k}: "
            "look at which width you take and at its root",
            fr=f"sans `scale`, vos produits scalaires sont multipliés par {_french(factor)} pour d_k = {d_k} : "
            "regardez quelle largeur vous prenez, et sa racine",
        )


@pytest.mark.group("scale")
def test_given_scale_multiplies_the_dot_products(student, draw):
    student = student.using(softmax=SOFTMAX)
    scales = float(draw.uniform(1, low=0.2, high=0.7)), 1.0, 0.0
    inputs = [(draw.normal(4, 3), draw.normal(5, 3), draw.normal(5, 7), None, scale) for scale in scales]
    for (q, k, _, _, scale), (_, weights) in zip(inputs, attend_each(student, *inputs), strict=True):
        factor = measured_scale(weights, q, k)
        expect(
            abs(factor - scale) <= SCALE.atol,
            en=f"when `scale` is given it is the factor of the dot products; yours are multiplied by {factor:.3g} "
            "instead: look at when the default applies (0 is a scale too), and at what you do with `scale`",
            fr="quand `scale` est donné, c'est le facteur des produits scalaires ; les vôtres sont multipliés par "
            f"{_french(factor)} : regardez quand la valeur par défaut s'applique (0 est un facteur aussi), et ce que "
            "vous faites de `scale`",
        )


def _french(number):
    return f"{number:.3g}".replace(".", ",")


@pytest.mark.group("mask")
def test_true_attends_and_false_weighs_nothing(student, draw):
    student = student.using(softmax=SOFTMAX)
    q, k, v = draw.normal(5, 6), draw.normal(7, 6), draw.normal(7, 4)
    masks = _mixed(draw.mask(5, 7, keep=0.6)), torch.ones(5, 7, dtype=torch.bool).tril()
    for mask, (_, weights) in zip(masks, attend_each(student, *((q, k, v, mask) for mask in masks)), strict=True):
        kept, hidden = weights[mask], weights[~mask]
        expect(
            not (bool((kept == 0).all()) and bool((hidden > 0).any())),
            en="your weights are 0 where the mask is True: here True means that the query may attend to the key",
            fr="vos poids sont nuls là où le masque vaut True : ici, True veut dire que la requête peut regarder la clé",
        )
        expect(
            bool((hidden == 0).all()),
            en="a masked key still weighs something: where the mask is False the weight is exactly 0",
            fr="une clé masquée pèse encore : là où le masque vaut False, le poids est exactement 0",
        )
        expect(
            bool((kept > 0).all()),
            en="a key that the mask keeps has no weight: each query has its own row of the mask",
            fr="une clé gardée par le masque n'a aucun poids : chaque requête a sa propre ligne dans le masque",
        )


def _mixed(mask):
    """The same mask with a False and a True in its first row, whatever was drawn."""
    mask = mask.clone()
    mask[0, 0], mask[0, 1] = False, True
    return mask


@pytest.mark.group("mask")
def test_the_only_key_kept_takes_all(student, draw):
    chosen = draw.sample(range(5), 3)
    mask = torch.zeros(3, 5, dtype=torch.bool)
    mask[range(3), chosen] = True
    v = draw.normal(5, 7)
    out, weights = attend(student.using(softmax=SOFTMAX), draw.normal(3, 6), draw.normal(5, 6), v, mask=mask)
    hidden = weights[~mask]
    expect(
        not (bool((hidden == 0).all()) and bool((weights.double().sum(-1) < 0.999).any())),
        en="under a mask your weights sum to less than 1: what the masked keys would have taken goes to the others",
        fr="sous un masque, vos poids somment à moins de 1 : ce que les clés masquées auraient pris revient aux autres",
    )
    close(
        weights,
        mask.float(),
        FLOAT32,
        en="attention weights when the mask leaves one key per query",
        fr="les poids d'attention quand le masque ne laisse qu'une clé par requête",
        picture=True,
    )
    close(
        out,
        v[chosen],
        FLOAT32,
        en="out when the mask leaves one key per query",
        fr="out quand le masque ne laisse qu'une clé par requête",
    )


@pytest.mark.group("mask")
def test_masked_keys_might_as_well_not_exist(student, draw):
    student = student.using(softmax=SOFTMAX)
    q, k, v = draw.normal(5, 6), draw.normal(7, 6), draw.normal(7, 4)
    # Two sentences packed side by side: 2 queries on 3 keys, then 3 queries on 4 keys.
    packed = torch.block_diag(torch.ones(2, 3), torch.ones(3, 4)).bool()
    out, _ = attend(student, q, k, v, mask=packed, scale=0.4)
    (first, _), (second, _) = attend_each(student, (q[:2], k[:3], v[:3]), (q[2:], k[3:], v[3:]), scale=0.4)
    close(
        out,
        torch.cat([first, second]),
        FLOAT32,
        en="out under a mask, against the same call without the masked keys",
        fr="out sous un masque, comparé au même appel sans les clés masquées",
    )


@pytest.mark.group("mask")
def test_one_mask_row_serves_all_queries_and_all_true_changes_nothing(student, draw):
    student = student.using(softmax=SOFTMAX)
    q, k, v = draw.normal(4, 6), draw.normal(5, 6), draw.normal(5, 7)
    row = _mixed(draw.mask(1, 5))
    all_kept = torch.ones(4, 5, dtype=torch.bool)
    (_, shared), (_, repeated), (_, all_true), (_, free) = attend_each(
        student, (q, k, v, row), (q, k, v, row.expand(4, 5).clone()), (q, k, v, all_kept), (q, k, v)
    )
    close(
        shared,
        repeated,
        FLOAT32,
        en="attention weights for a mask of shape [1, T_k], against the same mask repeated for each query",
        fr="les poids d'attention pour un masque de forme [1, T_k], comparés au même masque répété pour chaque requête",
    )
    close(
        all_true,
        free,
        FLOAT32,
        en="attention weights for a mask that is True everywhere, against no mask",
        fr="les poids d'attention pour un masque partout True, comparés à ceux sans masque",
    )


@pytest.mark.group("mask")
def test_query_with_no_key_gets_zeros(student, draw):
    mask = torch.ones(4, 5, dtype=torch.bool)
    empty = draw.integer(0, 4)
    mask[empty] = False
    out, weights = answer(
        student.using(softmax=SOFTMAX), draw.normal(4, 6), draw.normal(5, 6), draw.normal(5, 7), mask=mask
    )
    for name, result in (("weights", weights), ("out", out)):
        finite(
            result[empty],
            en=f"{name} of a query whose keys are all masked",
            fr=f"{name} d'une requête dont toutes les clés sont masquées",
        )
        expect(
            bool((result[empty] == 0).all()),
            en=f"{name} of a query whose keys are all masked: yours are not zeros, so something hidden gets through",
            fr=f"{name} d'une requête dont toutes les clés sont masquées : les vôtres ne sont pas nuls, donc quelque "
            "chose de caché passe quand même",
        )


@pytest.mark.group("mask")
def test_masks_work_in_float16(student, draw):
    q, k, v = draw.normal(4, 6).half(), draw.normal(5, 6).half(), draw.normal(5, 7).half()
    out, weights = answer(student.using(softmax=SOFTMAX), q, k, v, mask=_mixed(draw.mask(4, 5)))
    dtype(
        weights, torch.float16, en="masked weights for float16 inputs", fr="les poids masqués pour des entrées float16"
    )
    finite(weights, en="masked weights in float16", fr="les poids masqués en float16")
    finite(out, en="out under a mask in float16", fr="out sous un masque en float16")


@pytest.mark.group("stability")
def test_softmax_of_large_scores(student, draw):
    high, low = draw.normal(6) + 1e4, draw.normal(6) - 1e4
    far_apart = torch.stack([draw.normal(4) + 1e4, draw.normal(4) - 1e4, draw.normal(4)])
    *around, of_far_apart = student.softmax.each((high,), (low,), (far_apart,))
    for scores, probabilities in zip((high, low), around, strict=True):
        finite(probabilities, en="softmax of scores around ±10,000", fr="softmax de scores autour de ±10 000")
        close(
            probabilities,
            torch.softmax(scores.double(), -1),
            FLOAT32,
            en="softmax of scores around ±10,000",
            fr="softmax de scores autour de ±10 000",
        )
    finite(
        of_far_apart,
        en="softmax of rows whose scores are far apart, each row having its own maximum",
        fr="softmax de lignes aux scores très éloignés, chaque ligne ayant son propre maximum",
    )


@pytest.mark.group("stability")
def test_softmax_in_float16(student, draw):
    near, far = draw.normal(6).half(), (draw.normal(6) + torch.tensor([1e4, 1e4, 0.0, 0.0, -1e4, -1e4])).half()
    for scores, probabilities in zip((near, far), student.softmax.each((near,), (far,)), strict=True):
        dtype(probabilities, torch.float16, en="softmax of float16 scores", fr="softmax de scores float16")
        close(
            probabilities,
            torch.softmax(scores.double(), -1),
            FLOAT16,
            en="softmax of float16 scores",
            fr="softmax de scores float16",
        )


@pytest.mark.group("stability")
def test_softmax_of_minus_infinity(student, draw):
    scores = draw.normal(6)
    scores[draw.sample(range(6), 3)] = -INF
    some, every = student.softmax.each((scores,), (torch.full((5,), -INF),))
    close(
        some,
        torch.softmax(scores, -1),
        FLOAT32,
        en="softmax when some scores are -inf",
        fr="softmax quand certains scores valent -inf",
    )
    close(
        every,
        torch.zeros(5),
        EXACT,
        en="softmax when every score is -inf",
        fr="softmax quand tous les scores valent -inf",
    )


@pytest.mark.group("stability")
def test_attention_with_huge_scores(student, draw):
    chosen = draw.sample(range(5), 3)
    k = 250.0 * torch.eye(5)
    out, weights = answer(student.using(softmax=SOFTMAX), k[chosen], k, draw.normal(5, 7))
    finite(
        weights,
        en="attention weights for scores above 10,000",
        fr="les poids d'attention pour des scores au-delà de 10 000",
    )
    finite(out, en="out for scores above 10,000", fr="out pour des scores au-delà de 10 000")
    close(
        weights[range(3), chosen],
        torch.ones(3),
        FLOAT32,
        en="weight of the one key that matches by far",
        fr="le poids de la seule clé qui correspond, et de loin",
    )


@pytest.mark.group("invariants")
def test_inputs_are_left_alone(student, draw):
    unchanged(student.softmax, draw.normal(3, 4), en="softmax", fr="softmax")
    inputs = draw.normal(4, 6), draw.normal(5, 6), draw.normal(5, 7), _mixed(draw.mask(4, 5))
    for arguments in (inputs[:3], inputs):
        unchanged(
            student.scaled_dot_product_attention,
            *arguments,
            en="scaled_dot_product_attention",
            fr="scaled_dot_product_attention",
        )


@pytest.mark.group("invariants")
def test_order_of_the_keys_does_not_matter(student, draw):
    student = student.using(softmax=SOFTMAX)
    q, k, v = draw.normal(4, 6), draw.normal(5, 6), draw.normal(5, 7)
    order = draw.sample(range(5), 5)
    (out, weights), (shuffled_out, shuffled_weights) = attend_each(student, (q, k, v), (q, k[order], v[order]))
    close(
        shuffled_weights,
        weights[:, order],
        FLOAT32,
        en="attention weights after the keys and values changed places together",
        fr="les poids d'attention après une même permutation des clés et des valeurs",
    )
    close(
        shuffled_out,
        out,
        FLOAT32,
        en="out after the keys and values changed places together",
        fr="out après une même permutation des clés et des valeurs",
    )


@pytest.mark.group("invariants")
def test_gradients_are_the_slopes_of_the_function(student, draw):
    q, k, v = (draw.normal(*dims, dtype=torch.float64) for dims in ((4, 6), (5, 6), (5, 7)))
    upstream = draw.normal(4, 7, dtype=torch.float64)
    grads = gradients(student.scaled_dot_product_attention, q, k, v, wrt=(0, 1, 2), weights=upstream)
    step, named = 0.01, {"q": q, "k": k, "v": v}
    directions = {name: draw.normal(*tensor.shape, dtype=torch.float64) for name, tensor in named.items()}
    moved = [
        tuple((named | {name: named[name] + sign * step * along}).values())
        for name, along in directions.items()
        for sign in (1, -1)
    ]
    for gradient, (name, tensor) in zip(grads, named.items(), strict=True):
        _existing(gradient, tensor, name)
    totals = [float((out.double() * upstream).sum()) for out, _ in attend_each(student, *moved)]
    for gradient, (name, direction), ahead, behind in zip(
        grads, directions.items(), totals[::2], totals[1::2], strict=True
    ):
        slope = (ahead - behind) / (2 * step)
        expect(
            abs(float((gradient.double() * direction).sum()) - slope) <= SLOPE.atol + SLOPE.rtol * abs(slope),
            en=f"the gradient with respect to {name} is not the slope of your own function: a line of yours leaves "
            "the graph of autograd for a part of the computation",
            fr=f"le gradient par rapport à {name} n'est pas la pente de votre propre fonction : une de vos lignes sort "
            "du graphe d'autograd pour une partie du calcul",
        )


@pytest.mark.group("invariants")
def test_gradients_are_finite_under_masks(student, draw):
    q, k, v, upstream = draw.normal(4, 6), draw.normal(5, 6), draw.normal(5, 7), draw.normal(4, 7)
    mask = _mixed(draw.mask(4, 5))
    mask[3] = False
    grads = gradients(student.scaled_dot_product_attention, q, k, v, mask=mask, wrt=(0, 1, 2), weights=upstream)
    for name, gradient, tensor in zip("qk", grads, (q, k), strict=False):
        finite(
            _existing(gradient, tensor, name),
            en=f"gradient with respect to {name} when one query has no key at all",
            fr=f"le gradient par rapport à {name} quand une requête n'a aucune clé",
        )


def _existing(gradient, tensor, name):
    expect(
        gradient is not None,
        en=f"no gradient flows back to {name}: a line of yours leaves the graph of autograd",
        fr=f"aucun gradient ne remonte jusqu'à {name} : une de vos lignes sort du graphe d'autograd",
    )
    shape(gradient, tensor.shape, en=f"gradient with respect to {name}", fr=f"le gradient par rapport à {name}")
    return gradient
