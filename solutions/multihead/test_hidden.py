"""Hidden suite of `multihead`.

Covers cutting into heads and back, masks, projections, the heads themselves, edges, invariants and gradients of
multi-head attention. Each group looks at one of these alone: the reference's `split_heads` and `merge_heads` are
injected; projections are compared with the student's own attention of what was projected beforehand; heads get
symmetric matrices and an identity as W_o, so that no mix-up of projections shows; masks are compared with the
student's own attention of what they leave. Does not cover speed, dropout and attention itself.
"""

import pytest
import torch
import torch.nn.functional as F

from autograder.checks import (
    FLOAT64,
    Tolerance,
    close,
    dtype,
    expect,
    finite,
    gradients,
    raises,
    same,
    shape,
    unchanged,
)

EXACT = Tolerance(0.0, 0.0, "numbers that are moved, not computed with")
PROJECTED = Tolerance(0.0, 1e-4, "float32 through three matrix products in another order: 2e-6 for values up to 10")
SLOPE = Tolerance(1e-5, 1e-6, "central difference in float64 with a step of 1e-4: curvature counts for about 1e-7")
STEP = 1e-4
MATRICES = ("W_q", "W_k", "W_v", "W_o")
INPUTS = ("x_q", "x_kv", *MATRICES)


def with_given_reshaping(student, reference):
    """The student, with the reference's ways into heads and back."""
    return student.using(split_heads=reference.split_heads, merge_heads=reference.merge_heads)


def attend(student, x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    """The student's out, a tensor of the right shape. x_q: [B, T_q, d_q] -> [B, T_q, d_out]"""
    inputs = (x_q, x_kv, W_q, W_k, W_v, W_o, n_heads)
    out = student.multi_head_attention(*inputs) if mask is None else student.multi_head_attention(*inputs, mask)
    shape(out, (*x_q.shape[:2], W_o.shape[1]), en="out", fr="out")
    expect(
        isinstance(out, torch.Tensor),
        en="out is a torch tensor; yours is a NumPy array",
        fr="out est un tenseur torch ; le vôtre est un tableau NumPy",
    )
    return out


def matrix(draw, rows, columns, kind=torch.float32):
    """Random weights [rows, columns] that keep the variance of what they multiply."""
    return draw.normal(rows, columns, dtype=kind, scale=rows**-0.5)


def symmetric(draw, width, kind=torch.float32):
    """Random weights [width, width] that are their own transpose, and keep the variance of what they multiply."""
    half = draw.normal(width, width, dtype=kind, scale=(2 * width) ** -0.5)
    return half + half.T


def by_hand(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads):
    """Multi-head attention as a sum over heads, in index notation and float64."""
    x_q, x_kv, W_q, W_k, W_v, W_o = (x.double() for x in (x_q, x_kv, W_q, W_k, W_v, W_o))
    per_head_q, per_head_k, per_head_v = (W.reshape(len(W), n_heads, -1) for W in (W_q, W_k, W_v))
    scores = torch.einsum("bqd,dhc,ehc,bke->bhqk", x_q, per_head_q, per_head_k, x_kv)
    weights = (scores / per_head_q.shape[-1] ** 0.5).softmax(-1)
    per_head_o = W_o.reshape(n_heads, -1, W_o.shape[1])
    return torch.einsum("bhqk,bke,ehc,hco->bqo", weights, x_kv, per_head_v, per_head_o)


def torch_heads(x, W_q, W_k, W_v, n_heads):
    """torch's own multi-head self-attention, with an identity as W_o. x: [B, T, d]"""
    layer = torch.nn.MultiheadAttention(x.shape[-1], n_heads, bias=False, batch_first=True)
    identity = torch.eye(x.shape[-1])
    layer.load_state_dict(
        {"in_proj_weight": torch.cat([W_q, W_k, W_v], dim=1).T, "out_proj.weight": identity}, assign=True
    )
    with torch.no_grad():
        return layer(x, x, x, need_weights=False)[0]


CUTS = ((2, 3, 8, 2), (3, 4, 6, 3), (2, 2, 12, 4), (4, 3, 6, 2))


@pytest.mark.group("split-heads")
def test_each_head_gets_its_slice_of_every_token(student, reference, draw):
    for B, T, d, n_heads in CUTS:
        x, size = draw.normal(B, T, d), d // n_heads
        heads = student.split_heads(x, n_heads)
        shape(heads, (B, n_heads, T, size), en="split_heads", fr="split_heads")
        for h in range(n_heads):
            close(
                heads[:, h],
                x[:, :, h * size : (h + 1) * size],
                EXACT,
                en=f"the columns of head {h} in split_heads",
                fr=f"les colonnes de la tête {h} dans split_heads",
            )
        close(heads, reference.split_heads(x, n_heads), EXACT, en="split_heads", fr="split_heads")


@pytest.mark.group("split-heads")
def test_splits_into_one_head_and_into_one_column_each(student, draw):
    x = draw.normal(2, 3, 5)
    close(
        student.split_heads(x, 1), x[:, None], EXACT, en="split_heads into one head", fr="split_heads en une seule tête"
    )
    close(
        student.split_heads(x, n_heads=5),
        x.permute(0, 2, 1)[:, :, :, None],
        EXACT,
        en="split_heads into as many heads as columns",
        fr="split_heads en autant de têtes que de colonnes",
    )


@pytest.mark.group("split-heads")
def test_splits_any_dtype_and_layout(student, draw):
    turned = draw.normal(2, 6, 4, dtype=torch.float64).transpose(1, 2)
    heads = student.split_heads(turned, 3)
    dtype(heads, torch.float64, en="split_heads of float64", fr="split_heads de float64")
    for h in range(3):
        close(
            heads[:, h],
            turned[:, :, 2 * h : 2 * h + 2],
            EXACT,
            en="split_heads of a transposed tensor",
            fr="split_heads d'un tenseur transposé",
        )
    single = draw.normal(2, 1, 6)
    close(
        student.split_heads(single, 2),
        single.reshape(2, 2, 1, 3),
        EXACT,
        en="split_heads of a single token",
        fr="split_heads d'un token unique",
    )


@pytest.mark.group("merge-heads")
def test_slices_stand_side_by_side(student, reference, draw):
    for B, T, d, n_heads in CUTS:
        heads = draw.normal(B, n_heads, T, d // n_heads)
        merged = student.merge_heads(heads)
        shape(merged, (B, T, d), en="merge_heads", fr="merge_heads")
        close(
            merged,
            torch.cat([heads[:, h] for h in range(n_heads)], dim=-1),
            EXACT,
            en="merge_heads",
            fr="merge_heads",
        )
        close(merged, reference.merge_heads(heads), EXACT, en="merge_heads", fr="merge_heads")


@pytest.mark.group("merge-heads")
def test_merge_undoes_the_right_split(student, reference, draw):
    for n_heads in (1, 2, 3, 6):
        x = draw.normal(2, 4, 6)
        close(
            student.merge_heads(reference.split_heads(x, n_heads)),
            x,
            EXACT,
            en="merge_heads of what was cut before",
            fr="merge_heads de ce qui venait d'être découpé",
        )
    wide = draw.normal(2, 3, 1, 4, dtype=torch.float64)
    merged = student.merge_heads(wide)
    dtype(merged, torch.float64, en="merge_heads of float64", fr="merge_heads de float64")
    close(
        merged,
        wide.reshape(2, 1, 12),
        EXACT,
        en="merge_heads of a single token",
        fr="merge_heads d'un token unique",
    )


@pytest.mark.group("projections")
def test_a_single_key_gives_its_projected_value(student, reference, draw):
    student = with_given_reshaping(student, reference)
    for d_q, d_kv, d_k, d_v, d_out in ((4, 4, 4, 4, 4), (5, 3, 4, 7, 6)):
        x_q, x_kv = draw.normal(2, 3, d_q), draw.normal(2, 1, d_kv)
        W_q, W_k, W_v = matrix(draw, d_q, d_k), matrix(draw, d_kv, d_k), matrix(draw, d_kv, d_v)
        W_o = matrix(draw, d_v, d_out)
        out = attend(student, x_q, x_kv, W_q, W_k, W_v, W_o, 1)
        for oracle in (
            reference.multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, 1),
            torch.einsum("bke,ec,co->bo", x_kv, W_v, W_o)[:, None].expand(2, 3, d_out),
        ):
            close(
                out,
                oracle,
                PROJECTED,
                en="out of a single head for a single key, whose value is all there is to return",
                fr="out d'une seule tête pour une clé unique, dont la valeur est tout ce qu'il y a à renvoyer",
            )


@pytest.mark.group("projections")
def test_queries_that_are_zero_average_the_projected_values(student, reference, draw):
    student = with_given_reshaping(student, reference)
    for d_q, d_kv, d_v, d_out in ((6, 6, 6, 6), (4, 6, 5, 3)):
        x_q, x_kv = draw.normal(2, 3, d_q), draw.normal(2, 5, d_kv)
        W_k, W_v, W_o = matrix(draw, d_kv, 4), matrix(draw, d_kv, d_v), matrix(draw, d_v, d_out)
        out = attend(student, x_q, x_kv, torch.zeros(d_q, 4), W_k, W_v, W_o, 1)
        average = torch.einsum("bke,ec,co->bo", x_kv, W_v, W_o) / 5
        close(
            out,
            average[:, None].expand(2, 3, d_out),
            PROJECTED,
            en="out when the matrix of the queries is zero, so that every key has the same score",
            fr="out quand la matrice des requêtes est nulle, si bien que toutes les clés ont le même score",
        )


@pytest.mark.group("projections")
def test_queries_may_be_projected_beforehand(student, reference, draw):
    student = with_given_reshaping(student, reference)
    for d_q, n_heads in ((6, 1), (6, 2), (5, 2)):
        x_q, x_kv, W_q = draw.normal(2, 3, d_q), draw.normal(2, 5, 4), matrix(draw, d_q, 6)
        W_k, W_v, W_o = matrix(draw, 4, 6), matrix(draw, 4, 8), matrix(draw, 8, 7)
        close(
            attend(student, x_q, x_kv, W_q, W_k, W_v, W_o, n_heads),
            attend(student, x_q @ W_q, x_kv, torch.eye(6), W_k, W_v, W_o, n_heads),
            PROJECTED,
            en="out, against your own out for queries that were projected beforehand",
            fr="out, comparé à votre propre out pour des requêtes projetées d'avance",
        )


@pytest.mark.group("projections")
def test_keys_and_values_may_be_projected_beforehand(student, reference, draw):
    student = with_given_reshaping(student, reference)
    for n_heads in (1, 2):
        x_q, x_kv, W_q = draw.normal(2, 3, 5), draw.normal(2, 4, 6), matrix(draw, 5, 6)
        W_k, W_v, W_o = matrix(draw, 6, 6), matrix(draw, 6, 8), matrix(draw, 8, 7)
        # Keys and values as two halves of one wide token, each picked by its own matrix.
        projected = torch.cat([x_kv @ W_k, x_kv @ W_v], dim=-1)
        picks = torch.eye(14)
        close(
            attend(student, x_q, x_kv, W_q, W_k, W_v, W_o, n_heads),
            attend(student, x_q, projected, W_q, picks[:, :6], picks[:, 6:], W_o, n_heads),
            PROJECTED,
            en="out, against your own out for keys and values that were projected beforehand",
            fr="out, comparé à votre propre out pour des clés et des valeurs projetées d'avance",
        )


@pytest.mark.group("projections")
def test_output_matrix_acts_last(student, reference, draw):
    student = with_given_reshaping(student, reference)
    for n_heads in (1, 2):
        x_q, x_kv = draw.normal(2, 3, 6), draw.normal(2, 5, 6)
        W_q, W_k, W_v = matrix(draw, 6, 6), matrix(draw, 6, 6), matrix(draw, 6, 6)
        first, then = matrix(draw, 6, 6), matrix(draw, 6, 6)
        close(
            attend(student, x_q, x_kv, W_q, W_k, W_v, first @ then, n_heads),
            attend(student, x_q, x_kv, W_q, W_k, W_v, first, n_heads).double() @ then.double(),
            PROJECTED,
            en="out for a product of two matrices as W_o, against your own out for the first, times the second",
            fr="out pour un produit de deux matrices comme W_o, comparé à votre propre out pour la première, fois la "
            "seconde",
        )


@pytest.mark.group("projections")
def test_some_of_the_tokens_may_ask(student, reference, draw):
    student = with_given_reshaping(student, reference)
    rows = draw.sample(range(5), 3)
    for n_heads in (1, 2):
        x = draw.normal(2, 5, 6)
        weights = (*(matrix(draw, 6, 6) for _ in range(3)), matrix(draw, 6, 6))
        close(
            attend(student, x[:, rows], x, *weights, n_heads),
            attend(student, x, x, *weights, n_heads)[:, rows],
            PROJECTED,
            en="out when some of the tokens ask about all, against the same rows of your own out when all of them ask",
            fr="out quand certains des tokens interrogent tous les autres, comparé aux mêmes lignes de votre propre out "
            "quand tous interrogent",
        )


@pytest.mark.group("projections")
def test_order_of_the_heads_does_not_matter(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x, (W_q, W_k, W_v, W_o) = draw.normal(2, 4, 6), (matrix(draw, 6, 6) for _ in MATRICES)
    columns = torch.arange(6).reshape(3, 2).roll(draw.integer(1, 3), 0).flatten()
    close(
        attend(student, x, x, W_q[:, columns], W_k[:, columns], W_v[:, columns], W_o[columns], 3),
        attend(student, x, x, W_q, W_k, W_v, W_o, 3),
        PROJECTED,
        en="out after the heads changed places, in the columns of W_q, W_k, W_v and in the rows of W_o alike",
        fr="out après une même permutation des têtes dans les colonnes de W_q, W_k, W_v et dans les lignes de W_o",
    )


@pytest.mark.group("heads")
def test_self_attention_matches_reference_torch_and_index_notation(student, reference, draw):
    student = with_given_reshaping(student, reference)
    for n_heads in (2, 3):
        x = draw.normal(2, 4, 6)
        W_q, W_k, W_v, W_o = symmetric(draw, 6), symmetric(draw, 6), symmetric(draw, 6), torch.eye(6)
        out = attend(student, x, x, W_q, W_k, W_v, W_o, n_heads)
        for oracle in (
            reference.multi_head_attention(x, x, W_q, W_k, W_v, W_o, n_heads),
            torch_heads(x, W_q, W_k, W_v, n_heads),
            by_hand(x, x, W_q, W_k, W_v, W_o, n_heads),
        ):
            close(
                out,
                oracle,
                PROJECTED,
                en="out of self-attention with several heads, an identity as W_o",
                fr="out d'une auto-attention à plusieurs têtes, avec l'identité comme W_o",
                picture=True,
            )


@pytest.mark.group("heads")
def test_values_wider_than_keys(student, reference, draw):
    student = with_given_reshaping(student, reference)
    for n_heads, d_v in ((2, 5), (3, 4)):
        x, W_v = draw.normal(2, 4, 6), matrix(draw, 6, n_heads * d_v)
        weights = symmetric(draw, 6), symmetric(draw, 6), W_v, torch.eye(n_heads * d_v)
        out = attend(student, x, x, *weights, n_heads)
        for oracle in (
            reference.multi_head_attention(x, x, *weights, n_heads),
            by_hand(x, x, *weights, n_heads),
        ):
            close(
                out,
                oracle,
                PROJECTED,
                en="out of several heads whose values are wider than their keys",
                fr="out de plusieurs têtes dont les valeurs sont plus larges que les clés",
            )


@pytest.mark.group("heads")
def test_each_sequence_stands_alone(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x, weights = draw.normal(3, 4, 6), (symmetric(draw, 6), symmetric(draw, 6), symmetric(draw, 6), torch.eye(6))
    out = attend(student, x, x, *weights, 2)
    for b in range(3):
        others = draw.normal(3, 4, 6)
        others[b] = x[b]
        close(
            attend(student, others, others, *weights, 2)[b],
            out[b],
            PROJECTED,
            en="out of one sequence, after the other sequences of the batch have changed",
            fr="out d'une séquence, une fois changées les autres séquences du lot",
        )


def _some(draw, *dims):
    """A drawn mask with both a True and a False in it, whatever was drawn."""
    mask = draw.mask(*dims, keep=0.6)
    flat = mask.flatten()
    flat[0], flat[-1] = True, False
    return flat.reshape(mask.shape)


@pytest.mark.group("masks")
def test_masks_combine(student, reference, draw):
    for B, T_q, T_k in ((2, 3, 4), (3, 3, 3), (2, 1, 5)):
        keep, allowed = _some(draw, B, T_k), _some(draw, T_q, T_k)
        both = torch.zeros(B, 1, T_q, T_k, dtype=torch.bool)
        for b in range(B):
            for i in range(T_q):
                for j in range(T_k):
                    both[b, 0, i, j] = bool(keep[b, j]) and bool(allowed[i, j])
        for arguments, oracle, name in (
            ((keep, allowed), both, "combine_masks(keep, allowed)"),
            ((keep, None), keep.reshape(B, 1, 1, T_k), "combine_masks(keep, None)"),
            ((None, allowed), allowed.reshape(1, 1, T_q, T_k), "combine_masks(None, allowed)"),
        ):
            mask = student.combine_masks(*arguments)
            shape(mask, oracle.shape, en=name, fr=name)
            dtype(mask, torch.bool, en=name, fr=name)
            same(mask, oracle, en=name, fr=name)
            same(mask, reference.combine_masks(*arguments), en=name, fr=name)


@pytest.mark.group("masks")
def test_combined_masks_by_name_and_none(student, draw):
    keep, allowed = _some(draw, 2, 4), _some(draw, 3, 4)
    same(
        student.combine_masks(keep=keep),
        keep.reshape(2, 1, 1, 4),
        en="combine_masks(keep=…)",
        fr="combine_masks(keep=…)",
    )
    same(
        student.combine_masks(allowed=allowed),
        allowed.reshape(1, 1, 3, 4),
        en="combine_masks(allowed=…)",
        fr="combine_masks(allowed=…)",
    )
    same(student.combine_masks(None, None), None, en="combine_masks(None, None)", fr="combine_masks(None, None)")


def square_weights(draw, width):
    """Four symmetric matrices [width, width]."""
    return tuple(symmetric(draw, width) for _ in MATRICES)


@pytest.mark.group("masks")
def test_padding_might_as_well_not_exist(student, reference, draw):
    student = with_given_reshaping(student, reference)
    # As many heads and tokens as sequences: a mask along the wrong dimension raises no error.
    x, weights, lengths = draw.normal(3, 3, 6), square_weights(draw, 6), draw.sample((2, 2, 3), 3)
    keep = torch.arange(3) < torch.tensor(lengths)[:, None]
    out = attend(student, x, x, *weights, 3, reference.combine_masks(keep))
    for b, length in enumerate(lengths):
        close(
            out[b, :length],
            attend(student, x[:, :length], x[:, :length], *weights, 3)[b],
            PROJECTED,
            en="out of a padded sequence under its mask [B, 1, 1, T_k], against the same sequence without padding",
            fr="out d'une séquence complétée, sous son masque [B, 1, 1, T_k], comparé à la même séquence sans padding",
        )


@pytest.mark.group("masks")
def test_causal_mask_hides_what_follows(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x, weights = draw.normal(2, 4, 6), square_weights(draw, 6)
    causal = torch.ones(4, 4, dtype=torch.bool).tril()
    for mask in (causal, causal.expand(2, 1, 4, 4)):
        out = attend(student, x, x, *weights, 2, mask)
        for t in range(1, 4):
            past = x[:, : t + 1]
            close(
                out[:, t],
                attend(student, past, past, *weights, 2)[:, t],
                PROJECTED,
                en="out of a token under a causal mask, against your own out when what follows is cut off",
                fr="out d'un token sous un masque causal, comparé à votre propre out quand la suite est coupée",
            )


@pytest.mark.group("masks")
def test_hidden_keys_of_another_sequence_might_as_well_not_exist(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x_q, x_kv, weights = draw.normal(2, 3, 6), draw.normal(2, 5, 6), square_weights(draw, 6)
    kept = sorted(draw.sample(range(5), 3))
    row = torch.zeros(1, 5, dtype=torch.bool)
    row[0, kept] = True
    for mask in (row, row.expand(3, 5)):
        close(
            attend(student, x_q, x_kv, *weights, 2, mask),
            attend(student, x_q, x_kv[:, kept], *weights, 2),
            PROJECTED,
            en="out of cross-attention under a mask, against your own out without the hidden keys",
            fr="out d'une attention croisée sous un masque, comparé à votre propre out sans les clés masquées",
        )


@pytest.mark.group("masks")
def test_each_head_may_have_a_mask_of_its_own(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x, weights = draw.normal(2, 4, 6), (*square_weights(draw, 6)[:3], torch.eye(6))
    own = torch.stack([_some(draw, 4, 4) | torch.eye(4, dtype=torch.bool) for _ in range(6)]).reshape(2, 3, 4, 4)
    for mask in (own, own[:1], own[:, :, :1]):
        out = attend(student, x, x, *weights, 3, mask)
        for h in range(3):
            close(
                out[:, :, 2 * h : 2 * h + 2],
                attend(student, x, x, *weights, 3, mask[:, h : h + 1])[:, :, 2 * h : 2 * h + 2],
                PROJECTED,
                en="what a head answers under a mask for each head, against your own out with that mask for all heads",
                fr="la réponse d'une tête quand chacune a son masque, comparée à votre propre out avec ce masque pour "
                "toutes",
            )


@pytest.mark.group("masks")
def test_true_everywhere_masks_nothing_and_no_key_gives_zeros(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x, weights = draw.normal(2, 4, 6), square_weights(draw, 6)
    mask = torch.ones(2, 1, 4, 4, dtype=torch.bool)
    close(
        attend(student, x, x, *weights, 2, mask),
        attend(student, x, x, *weights, 2),
        PROJECTED,
        en="out for a mask that is True everywhere, against no mask",
        fr="out pour un masque partout True, comparé à celui sans masque",
    )
    lonely = draw.integer(0, 4)
    mask[1, 0, lonely] = False
    out = attend(student, x, x, *weights, 2, mask)
    finite(out, en="out of a query that has no key left", fr="out d'une requête à qui il ne reste aucune clé")
    expect(
        bool((out[1, lonely] == 0).all()),
        en="out of a query that has no key left is zero; something hidden gets through in yours",
        fr="out d'une requête à qui il ne reste aucune clé est nul ; dans le vôtre, quelque chose de caché passe",
    )


@pytest.mark.group("edges")
def test_heads_that_do_not_fit_are_refused(student, draw):
    for width, n_heads in ((6, 4), (6, 12), (5, 2), (6, 0), (6, -2), (6, -6)):
        raises(
            "ValueError",
            student.split_heads,
            draw.normal(2, 3, width),
            n_heads,
            en=f"split_heads of width {width} into {n_heads} heads",
            fr=f"split_heads d'une largeur de {width} en {n_heads} têtes",
        )


@pytest.mark.group("edges")
def test_attention_refuses_heads_that_do_not_fit(student, draw):
    for d_k, d_v, n_heads in ((6, 6, 4), (6, 6, 0), (6, 6, -3), (6, 4, 3), (4, 6, 3)):
        raises(
            "ValueError",
            student.multi_head_attention,
            draw.normal(2, 3, d_k),
            draw.normal(2, 4, d_k),
            draw.normal(d_k, d_k),
            draw.normal(d_k, d_k),
            draw.normal(d_k, d_v),
            draw.normal(d_v, d_v),
            n_heads,
            en=f"{n_heads} heads for queries and keys of width {d_k} and values of width {d_v}",
            fr=f"{n_heads} têtes pour des requêtes et des clés de largeur {d_k} et des valeurs de largeur {d_v}",
        )


@pytest.mark.group("edges")
def test_one_head_is_ordinary_attention(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x, W = draw.normal(2, 4, 5), symmetric(draw, 5)
    projected = x @ W
    close(
        attend(student, x, x, W, W, W, torch.eye(5), 1),
        F.scaled_dot_product_attention(projected, projected, projected),
        PROJECTED,
        en="out of a single head",
        fr="out d'une tête unique",
    )


@pytest.mark.group("edges")
def test_single_token_and_heads_of_width_one(student, reference, draw):
    student = with_given_reshaping(student, reference)
    # Every column of a projection holds the sum of the token: all heads agree, and only the tokens count.
    W, identity = torch.ones(6, 6), torch.eye(6)
    for n_heads in (1, 2, 6):
        x = draw.normal(2, 1, 6)
        close(
            attend(student, x, x, W, W, W, identity, n_heads),
            x.sum(-1, keepdim=True).expand(2, 1, 6),
            PROJECTED,
            en="out of self-attention over a single token",
            fr="out d'une auto-attention sur un token unique",
        )
    x = draw.normal(2, 4, 6)
    close(
        attend(student, x, x, torch.zeros(6, 6), W, W, identity, 6),
        x.sum(-1).mean(1)[:, None, None].expand(2, 4, 6),
        PROJECTED,
        en="out of heads of width 1 whose queries are zero",
        fr="out de têtes de largeur 1 dont les requêtes sont nulles",
    )


@pytest.mark.group("edges")
def test_keeps_dtype_and_accepts_any_layout(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x = draw.normal(2, 6, 4, dtype=torch.float64).transpose(1, 2)
    weights = tuple(symmetric(draw, 6, torch.float64) for _ in MATRICES)
    out = attend(student, x, x, *weights, 2)
    dtype(out, torch.float64, en="out for float64 inputs", fr="out pour des entrées float64")
    close(
        out,
        attend(student, x.contiguous(), x.contiguous(), *weights, 2),
        FLOAT64,
        en="out of a transposed tensor against a contiguous one",
        fr="out pour un tenseur transposé ou contigu",
    )
    narrow = attend(student, x.float(), x.float(), *(W.float() for W in weights), 2)
    dtype(narrow, torch.float32, en="out for float32 inputs", fr="out pour des entrées float32")
    close(
        out,
        narrow.double(),
        PROJECTED,
        en="out for float64 inputs against float32",
        fr="out pour des entrées float64 comparé à float32",
    )


@pytest.mark.group("invariants")
def test_inputs_are_left_alone(student, draw):
    unchanged(student.split_heads, draw.normal(2, 3, 6), 2, en="split_heads", fr="split_heads")
    unchanged(student.merge_heads, draw.normal(2, 2, 3, 3), en="merge_heads", fr="merge_heads")
    keep, allowed = _some(draw, 2, 3), _some(draw, 3, 3)
    for masks in ((keep, allowed), (keep, None), (None, allowed)):
        unchanged(student.combine_masks, *masks, en="combine_masks", fr="combine_masks")
    inputs = sequences(draw)
    for arguments in (inputs, (*inputs, _some(draw, 3, 3)), (*inputs, _some(draw, 2, 1, 3, 3))):
        unchanged(student.multi_head_attention, *arguments, en="multi_head_attention", fr="multi_head_attention")


def sequences(draw, kind=torch.float32):
    """x_q, x_kv, the four matrices and n_heads. Three heads of width 3 on three tokens: a cut that is wrong still runs."""
    return (
        draw.normal(2, 3, 9, dtype=kind),
        draw.normal(2, 3, 9, dtype=kind),
        *(matrix(draw, 9, 9, kind) for _ in MATRICES),
        3,
    )


@pytest.mark.group("invariants")
def test_order_of_the_tokens_follows(student, reference, draw):
    student = with_given_reshaping(student, reference)
    x, weights = draw.normal(2, 5, 6), tuple(matrix(draw, 6, 6) for _ in MATRICES)
    # Shifted: an order that only swaps neighbours could bring the pieces of a wrong cut together again.
    order = torch.arange(5).roll(draw.integer(1, 5))
    close(
        attend(student, x[:, order], x[:, order], *weights, 2),
        attend(student, x, x, *weights, 2)[:, order],
        PROJECTED,
        en="out of self-attention after the tokens changed places, against your own rows in that order",
        fr="out d'une auto-attention après une permutation des tokens, comparé à vos propres lignes dans cet ordre",
    )


@pytest.mark.group("invariants")
def test_gradients_are_the_slopes_of_the_function(student, draw):
    kind = torch.float64
    inputs, upstream = sequences(draw, kind), draw.normal(2, 3, 9, dtype=kind)
    grads = gradients(student.multi_head_attention, *inputs, wrt=tuple(range(6)), weights=upstream)
    for name in ("W_o", "W_v", "x_kv", "x_q", "W_k", "W_q"):  # back along the path: where it is cut first shows
        position = INPUTS.index(name)
        gradient, direction = _flowing(grads[position], inputs[position], name), draw.normal(*inputs[position].shape)
        totals = []
        for sign in (1, -1):
            moved = list(inputs)
            moved[position] = inputs[position] + sign * STEP * direction
            totals.append(float((attend(student, *moved).double() * upstream).sum()))
        close(
            float((gradient.double() * direction).sum()),
            (totals[0] - totals[1]) / (2 * STEP),
            SLOPE,
            en=f"the gradient that reaches {name}, against the slope of your own function",
            fr=f"le gradient qui atteint {name}, comparé à la pente de votre propre fonction",
        )


@pytest.mark.group("invariants")
def test_gradients_are_finite_under_masks(student, draw):
    inputs, mask = sequences(draw), torch.ones(3, 3, dtype=torch.bool).tril()
    mask[draw.integer(0, 3)] = False
    grads = gradients(student.multi_head_attention, *inputs, mask=mask, wrt=tuple(range(6)))
    for name, gradient, tensor in zip(INPUTS, grads, inputs, strict=False):
        finite(
            _flowing(gradient, tensor, name),
            en=f"gradient with respect to {name} when one query has no key at all",
            fr=f"le gradient par rapport à {name} quand une requête n'a aucune clé",
        )


def _flowing(gradient, tensor, name):
    """The gradient, in the shape of its tensor; zeros where none flows, as for a tensor that is never used."""
    if gradient is None:
        return torch.zeros_like(tensor)
    shape(gradient, tensor.shape, en=f"gradient with respect to {name}", fr=f"le gradient par rapport à {name}")
    return gradient
