"""The hidden suite of LoRA and quantization: the correction, the layer around it, merging, and both integer schemes.

Covers values against the reference and independent oracles (sums of outer products, `F.linear` of the whole weight,
torch's own fake quantization), who is trained, merging twice, halves, zeros and constant rows, and the way back to
floats. Numbers to round are drawn away from halves, except where halves are looked at. Does not cover speed.
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
    parts,
    same,
    shape,
    unchanged,
)

EXACT = Tolerance(0.0, 0.0, "integers, and what the rules give as whole numbers")
SCALE = Tolerance(1e-6, 0.0, "a range divided once, in float32: each step rounds by 6e-8")
SUMS = Tolerance(0.0, 1e-4, "float32 sums and multiples of size ten to fifty; the smallest scale drawn is 0.02")
SLACK = 1e-3  # of a scale: what float32 adds to half a scale, for quotients up to 255
DELTA_EN, DELTA_FR = "what LoRA adds to the weight", "ce que LoRA ajoute au poids"


def by_outer_products(A, B, alpha):
    """What LoRA adds, as a sum of outer products in float64: A: [r, d_in], B: [d_out, r] -> [d_out, d_in]"""
    pairs = zip(A.double(), B.double().T, strict=True)
    return sum(torch.outer(column, row) for row, column in pairs) * alpha / A.shape[0]


def made(value, *, en, fr):
    """A module of the student's, which stays where it was made."""
    expect(
        hasattr(value, "type_name"),
        en=f"{en}: what was returned is no module",
        fr=f"{fr} : ce qui est renvoyé n'est pas un module",
    )
    return value


def fresh(student, W, b, r, alpha, seed=0):
    """(base, layer): a linear layer with these weights, and the student's layer around it."""
    base = made(student.linear(W, b), en="linear, which is given", fr="linear, qui est donnée")
    layer = student.LoRALinear(base, r, alpha, seed)
    return base, made(layer, en="LoRALinear", fr="LoRALinear")


def adapted(student, W, b, A, B, alpha):
    """(base, layer) as after some training: the layer's factors are A and B."""
    base, layer = fresh(student, W, b, len(A), alpha)
    layer.load_state_dict({"A": A, "B": B}, strict=False)
    for name, value in (("A", A), ("B", B)):
        close(
            layer.get(name),
            value,
            EXACT,
            en=f"{name} after loading its values (it is an nn.Parameter of the layer)",
            fr=f"{name} une fois ses valeurs chargées (c'est un nn.Parameter de la couche)",
        )
    return base, layer


def slopes(student, module, x, weights, names):
    """Gradients by name, once it is known that the module has these parameters."""
    found = student.parameter_gradients(module, x, weights)
    known = isinstance(found, dict) and all(name in found for name in names)
    expect(
        known,
        en=f"names of the parameters: they should include {', '.join(names)}",
        fr=f"les noms des paramètres : ils devraient comprendre {', '.join(names)}",
    )
    return found


def drawn(draw, r, d_in, d_out, kind=torch.float32):
    """(A, B) as training might leave them."""
    return draw.normal(r, d_in, scale=0.5, dtype=kind), draw.normal(d_out, r, scale=0.5, dtype=kind)


@pytest.mark.group("update")
def test_delta_is_the_scaled_sum_of_outer_products(student, reference, draw):
    for r, d_in, d_out in ((1, 5, 3), (2, 4, 7), (4, 6, 6), (5, 3, 2)):
        A, B = drawn(draw, r, d_in, d_out)
        alpha = float(draw.choice([0.5, 3.0, 7.0, 24.0]))
        delta = unchanged(student.lora_delta, A, B, alpha, en="lora_delta", fr="lora_delta")
        shape(delta, (d_out, d_in), en=DELTA_EN, fr=DELTA_FR)
        dtype(delta, torch.float32, en=DELTA_EN, fr=DELTA_FR)
        close(delta, reference.lora_delta(A, B, alpha), SUMS, en=DELTA_EN, fr=DELTA_FR)
        close(delta, by_outer_products(A, B, alpha), SUMS, en=DELTA_EN, fr=DELTA_FR, picture=True)


@pytest.mark.group("update")
def test_delta_keeps_dtype_and_carries_gradients(student, draw):
    A, B = drawn(draw, 3, 4, 5, torch.float64)
    turned = student.lora_delta(A.T.contiguous().T, B.T.contiguous().T, 2)
    dtype(turned, torch.float64, en=f"{DELTA_EN}, for float64 factors", fr=f"{DELTA_FR}, pour des facteurs float64")
    close(turned, by_outer_products(A, B, 2), FLOAT64, en=DELTA_EN, fr=DELTA_FR)
    G = draw.normal(5, 4, dtype=torch.float64)
    to_A, to_B = gradients(student.lora_delta, A, B, 2.0, wrt=(0, 1), weights=G)
    for name, found, right in (("A", to_A, B.T @ G), ("B", to_B, G @ A.T)):
        close(
            found,
            right * 2.0 / 3,
            FLOAT64,
            en=f"gradient of lora_delta with respect to {name}",
            fr=f"le gradient de lora_delta par rapport à {name}",
        )


@pytest.mark.group("update")
def test_layer_adds_the_correction_to_its_base(student, reference, draw):
    for r, d_in, d_out, with_bias, lead in ((1, 4, 3, True, (2, 3)), (3, 5, 6, False, (4,)), (2, 3, 4, True, ())):
        W, b = draw.normal(d_out, d_in), draw.normal(d_out) if with_bias else None
        A, B = drawn(draw, r, d_in, d_out)
        alpha = float(draw.choice([0.5, 5.0, 8.0]))
        _, layer = adapted(student, W, b, A, B, alpha)
        x = draw.normal(*lead, d_in)
        out = unchanged(layer.forward, x, en="forward", fr="forward")
        shape(out, (*lead, d_out), en="result of the layer", fr="le résultat de la couche")
        dtype(out, torch.float32, en="result of a float32 layer", fr="le résultat d'une couche float32")
        own = reference.LoRALinear(reference.linear(W, b), r, alpha)
        own.load_state_dict({"A": A, "B": B}, strict=False)
        whole = (W.double() + by_outer_products(A, B, alpha)).float()
        for right in (own(x), F.linear(x, whole, b)):
            close(out, right, SUMS, en="result of the layer", fr="le résultat de la couche")


@pytest.mark.group("update")
def test_layer_accepts_other_layouts_and_dtypes(student, draw):
    W, b = draw.normal(4, 3, dtype=torch.float64), draw.normal(4, dtype=torch.float64)
    A, B = drawn(draw, 2, 3, 4, torch.float64)
    _, layer = adapted(student, W, b, A, B, 3.0)
    x = draw.normal(2, 3, 5, dtype=torch.float64).transpose(1, 2)
    out = layer.forward(x)
    dtype(out, torch.float64, en="result of a float64 layer", fr="le résultat d'une couche float64")
    close(
        out,
        F.linear(x, W + by_outer_products(A, B, 3.0), b),
        FLOAT64,
        en="result of the layer for a transposed tensor",
        fr="le résultat de la couche pour un tenseur transposé",
    )


@pytest.mark.group("update")
def test_layer_teaches_both_factors(student, draw):
    W, (A, B) = draw.normal(5, 4), drawn(draw, 2, 4, 5)
    _, layer = adapted(student, W, draw.normal(5), A, B, 6.0)
    x, G = draw.normal(3, 4), draw.normal(3, 5)
    found = slopes(student, layer, x, G, ("A", "B"))
    for name, right in (("A", B.T @ G.T @ x), ("B", G.T @ x @ A.T)):
        close(
            found[name],
            3.0 * right,
            SUMS,
            en=f"gradient of the layer with respect to {name}",
            fr=f"le gradient de la couche par rapport à {name}",
        )
    (to_x,) = gradients(layer.forward, x, wrt=(0,), weights=G)
    close(
        to_x,
        G @ (W + by_outer_products(A, B, 6.0).float()),
        SUMS,
        en="gradient of the layer with respect to x",
        fr="le gradient de la couche par rapport à x",
    )


@pytest.mark.group("trained")
def test_fresh_layer_is_its_base(student, draw):
    for r, d_in, d_out, kind in ((2, 5, 3, torch.float32), (4, 3, 6, torch.float64)):
        W, b = draw.normal(d_out, d_in, dtype=kind), draw.normal(d_out, dtype=kind)
        _, layer = fresh(student, W, b, r, 8.0, draw.integer(0, 1000))
        B = layer.get("B")
        shape(B, (d_out, r), en="B", fr="B")
        dtype(B, kind, en="B", fr="B")
        expect(
            bool((B == 0).all()),
            en="B does not start at zero: the fresh layer is then no longer the trained one",
            fr="B ne part pas de zéro : la couche neuve n'est alors plus celle qu'on avait entraînée",
        )
        same(layer.get("merged"), False, en="`merged` at the start", fr="`merged` au départ")
        x = draw.normal(2, 3, d_in, dtype=kind)
        close(
            layer.forward(x),
            F.linear(x, W, b),
            SUMS,
            en="result of a fresh layer (that of its base)",
            fr="le résultat d'une couche neuve (celui de sa base)",
        )


@pytest.mark.group("trained")
def test_factors_learn_and_the_base_does_not(student, draw):
    names = ("A", "B", "base.weight", "base.bias")
    base, layer = fresh(student, draw.normal(3, 5), draw.normal(3), 2, 4.0)
    x, G = draw.normal(4, 5), draw.normal(4, 3)
    found = slopes(student, layer, x, G, names)
    for name in ("base.weight", "base.bias"):
        expect(
            found[name] is None,
            en=f"`{name}` gets a gradient: every parameter of the base is frozen",
            fr=f"`{name}` reçoit un gradient : tous les paramètres de la base sont gelés",
        )
    for name in ("A", "B"):
        expect(
            found[name] is not None,
            en=f"`{name}` gets no gradient: the factors are what is trained",
            fr=f"`{name}` ne reçoit pas de gradient : ce sont les facteurs qu'on entraîne",
        )
    finite(found["B"], en="gradient with respect to B at the start", fr="le gradient par rapport à B au départ")
    expect(
        bool((torch.as_tensor(found["B"]) != 0).any()),
        en="the gradient with respect to B is zero at the start: nothing would ever be learned (look at A)",
        fr="le gradient par rapport à B est nul au départ : rien ne s'apprendrait jamais (regardez A)",
    )
    alone = slopes(student, base, x, G, ("weight", "bias"))
    expect(
        alone["weight"] is None and alone["bias"] is None,
        en="the layer that was passed is not the one that was frozen: keep it, do not copy it",
        fr="la couche reçue n'est pas celle qui a été gelée : gardez-la, n'en faites pas une copie",
    )


@pytest.mark.group("trained")
def test_A_is_spread_over_its_interval_and_follows_the_seed(student, draw):
    seed = draw.integer(0, 1000)
    for r, d_in, kind in ((16, 25, torch.float32), (24, 16, torch.float64)):
        W = draw.normal(3, d_in, dtype=kind)
        A, again, other = (fresh(student, W, None, r, 1.0, s)[1].get("A") for s in (seed, seed, seed + 1))
        shape(A, (r, d_in), en="A", fr="A")
        dtype(A, kind, en="A", fr="A")
        finite(A, en="A", fr="A")
        close(again, A, EXACT, en="A drawn twice with one seed", fr="A tirée deux fois avec la même graine")
        shape(other, (r, d_in), en="A", fr="A")
        expect(
            not torch.equal(torch.as_tensor(other), A),
            en="two seeds give the same A",
            fr="deux graines donnent la même A",
        )
        units = A.double() * d_in**0.5
        expect(
            bool((units.abs() <= 1 + 1e-6).all()),
            en="A has values beyond 1 / root(d_in): look at the bounds of the interval",
            fr="A a des valeurs au-delà de 1 / racine(d_in) : regardez les bornes de l'intervalle",
        )
        # With 384 uniform values, 0.15 is five standard deviations of the mean, and an end left empty nearly impossible.
        expect(
            bool(units.max() > 0.9) and bool(units.min() < -0.9) and bool(units.mean().abs() < 0.15),
            en="the values of A do not fill the interval from -1 / root(d_in) to 1 / root(d_in) evenly",
            fr="les valeurs de A ne remplissent pas également l'intervalle de -1 / racine(d_in) à 1 / racine(d_in)",
        )
        expect(
            len(units.unique()) > 0.9 * units.numel(),
            en="many values of A are equal: each is drawn on its own",
            fr="beaucoup de valeurs de A sont égales : chacune se tire à part",
        )


@pytest.mark.group("trained")
def test_count_is_of_numbers_that_require_a_gradient(student, draw):
    named = {"en": "count_trainable", "fr": "count_trainable"}

    def part(d_out, d_in):
        return made(student.linear(draw.normal(d_out, d_in), draw.normal(d_out)), en="linear", fr="linear")

    first, second, third = part(4, 3), part(5, 4), part(2, 5)
    whole = made(student.chain(student.chain(first, second), third, second), en="chain", fr="chain")
    same(student.count_trainable(whole), 16 + 25 + 12, **named)
    first.requires_grad_(False)
    same(student.count_trainable(first), 0, **named)
    same(student.count_trainable(whole), 25 + 12, **named)
    for r in (1, 3):
        base, layer = fresh(student, draw.normal(4, 6), draw.normal(4), r, 2.0)
        same(student.count_trainable(layer), r * (4 + 6), **named)
        same(student.count_trainable(student.chain(third, layer)), 12 + r * (4 + 6), **named)


def merging(student, reference, draw, with_bias=True):
    """(base, layer, W, b, W with the correction, x), the layer lent the reference's `lora_delta`."""
    lent = student.using(lora_delta=reference.lora_delta)
    W, b = draw.normal(4, 3), draw.normal(4) if with_bias else None
    A, B = drawn(draw, 2, 3, 4)
    alpha = float(draw.choice([3.0, 5.0, 9.0]))
    _, layer = adapted(lent, W, b, A, B, alpha)
    base = made(layer.get("base"), en="base", fr="base")
    return base, layer, W, b, W + by_outer_products(A, B, alpha).float(), draw.normal(2, 5, 3)


@pytest.mark.group("merge")
def test_merged_weight_does_it_all(student, reference, draw):
    for with_bias in (True, False):
        base, layer, _, b, merged, x = merging(student, reference, draw, with_bias)
        layer.merge()
        same(layer.get("merged"), True, en="`merged` after merge()", fr="`merged` après merge()")
        close(base.get("weight"), merged, SUMS, en="the base's weight after merge()", fr="le poids après merge()")
        out = layer.forward(x)
        shape(out, (2, 5, 4), en="result of the merged layer", fr="le résultat de la couche fusionnée")
        dtype(out, torch.float32, en="result of the merged layer", fr="le résultat de la couche fusionnée")
        close(
            out,
            F.linear(x, merged, b),
            SUMS,
            en="result of the merged layer (that of its base alone)",
            fr="le résultat de la couche fusionnée (celui de sa base seule)",
        )
        G = draw.normal(2, 5, 4)
        close(
            gradients(layer.forward, x, wrt=(0,), weights=G)[0],
            G @ merged,
            SUMS,
            en="gradient of the merged layer with respect to x",
            fr="le gradient de la couche fusionnée par rapport à x",
        )
        if with_bias:
            close(base.get("bias"), b, EXACT, en="the bias after merge()", fr="le biais après merge()")


@pytest.mark.group("merge")
def test_second_merge_changes_nothing(student, reference, draw):
    base, layer, _, _, merged, _ = merging(student, reference, draw)
    layer.merge()
    once = base.get("weight")
    close(once, merged, SUMS, en="the base's weight after merge()", fr="le poids après merge()")
    layer.merge()
    close(
        base.get("weight"), once, EXACT, en="the weight after a second merge()", fr="le poids après un second merge()"
    )
    same(layer.get("merged"), True, en="`merged` after a second merge()", fr="`merged` après un second merge()")


@pytest.mark.group("merge")
def test_unmerge_takes_off_what_was_added_and_only_that(student, reference, draw):
    base, layer, W, _, merged, x = merging(student, reference, draw)
    layer.unmerge()
    close(
        base.get("weight"),
        W,
        EXACT,
        en="the weight after unmerge() of a layer that was not merged",
        fr="le poids après unmerge() sur une couche qui n'était pas fusionnée",
    )
    before = layer.forward(x)
    shape(before, (2, 5, 4), en="result of the layer", fr="le résultat de la couche")
    for _ in range(2):
        layer.merge()
        close(base.get("weight"), merged, SUMS, en="the weight after merge()", fr="le poids après merge()")
        for times in ("unmerge()", "a second unmerge()"):
            layer.unmerge()
            close(
                base.get("weight"),
                W,
                SUMS,
                en=f"the weight after {times}",
                fr=f"le poids après {'unmerge()' if times == 'unmerge()' else 'un second unmerge()'}",
            )
        same(layer.get("merged"), False, en="`merged` after unmerge()", fr="`merged` après unmerge()")
    close(
        layer.forward(x),
        before,
        SUMS,
        en="result of the layer after merge() and unmerge()",
        fr="le résultat de la couche après merge() et unmerge()",
    )


@pytest.mark.group("merge")
def test_merging_leaves_the_rest_as_it_was(student, reference, draw):
    _, layer, _, _, _, x = merging(student, reference, draw)
    A, B = layer.get("A"), layer.get("B")
    names, G = ("A", "B", "base.weight"), draw.normal(2, 5, 4)
    frozen = slopes(student, layer, x, G, names)["base.weight"] is None
    layer.merge()
    for state in ("merge()", "unmerge()"):
        # Twice: a weight that autograd still follows can be gone through once only.
        for _ in range(2):
            still = slopes(student, layer, x, G, names)["base.weight"] is None
            expect(
                still == frozen,
                en=f"after {state} the base's weight gets a gradient: it is the same parameter, still frozen",
                fr=f"après {state}, le poids de la base reçoit un gradient : c'est le même paramètre, toujours gelé",
            )
        close(layer.get("A"), A, EXACT, en=f"A after {state}", fr=f"A après {state}")
        close(layer.get("B"), B, EXACT, en=f"B after {state}", fr=f"B après {state}")
        layer.unmerge()


def symmetric(draw, bits, *dims, kind=torch.float32):
    """(x, q, scale): numbers away from halves with the integers that stand for them, worked out the other way round."""
    end = 2 ** (bits - 1) - 1
    q = draw.integers(-end, end + 1, *dims)
    q.view(-1)[draw.integer(0, q.numel())] = draw.choice([-end, end])
    near = q + draw.uniform(*dims, low=-0.4, high=0.4, dtype=torch.float64)
    scale = float(draw.uniform(low=0.02, high=0.2))
    x = torch.where(q.abs() == end, q, near) * scale
    return x.to(kind), q, scale


def absmax(student, x, bits):
    """(q, scale) of the student, tensors of the right shapes and dtypes."""
    answer = unchanged(student.quantize_absmax, x, bits, en="quantize_absmax", fr="quantize_absmax")
    q, scale = parts(answer, 2, en="(q, scale)", fr="(q, scale)")
    shape(q, x.shape, en="q", fr="q")
    dtype(q, torch.int8, en="q", fr="q")
    shape(scale, (), en="scale", fr="l'échelle")
    dtype(scale, x.dtype, en="scale", fr="l'échelle")
    return q, scale


@pytest.mark.group("absmax")
def test_largest_becomes_the_largest_integer(student, reference, draw):
    for bits in (8, 2, 3, 4, 5, 6, 7):
        x, right, step = symmetric(draw, bits, 3, 5)
        end = 2 ** (bits - 1) - 1
        q, scale = absmax(student, x, bits)
        close(scale, step, SCALE, en=f"scale with {bits} bits", fr=f"l'échelle sur {bits} bits")
        for integers in (right, reference.quantize_absmax(x, bits)[0]):
            close(q, integers, EXACT, en=f"q with {bits} bits", fr=f"q sur {bits} bits", picture=True)
        close(
            q * scale,
            torch.fake_quantize_per_tensor_affine(x, float(x.abs().max()) / end, 0, -end, end),
            SUMS,
            en="q times scale, against torch's own rounding",
            fr="q fois l'échelle, comparé à l'arrondi de torch",
        )


@pytest.mark.group("absmax")
def test_any_shape_sign_and_dtype(student, draw):
    for dims, kind in (((7,), torch.float64), ((2, 3, 4), torch.float32), ((), torch.float32)):
        x, right, step = symmetric(draw, 8, *dims, kind=kind)
        q, scale = absmax(student, x, 8)
        close(scale, step, SCALE, en="scale", fr="l'échelle")
        close(q, right, EXACT, en="q", fr="q")
        close(absmax(student, -x, 8)[0], -right, EXACT, en="q of the opposite numbers", fr="q des nombres opposés")
    x, right, _ = symmetric(draw, 8, 4, 3)
    turned = unchanged(student.quantize_absmax, x.T, en="quantize_absmax", fr="quantize_absmax")
    close(
        parts(turned, 2, en="(q, scale)", fr="(q, scale)")[0],
        right.T,
        EXACT,
        en="q of a transposed tensor, when `bits` is not given (8)",
        fr="q d'un tenseur transposé, quand `bits` n'est pas donné (8)",
    )
    error = (q := absmax(student, x, 8))[0] * q[1] - x
    expect(
        bool((error.abs() <= (0.5 + SLACK) * q[1]).all()),
        en="q times scale is more than half a scale away from x",
        fr="q fois l'échelle est à plus d'une demi-échelle de x",
    )


def one_range(draw, bits, dims, where):
    """(x, q, scale, zero point) of one range, away from halves; `where`: "across" zero, "above" or "below" it."""
    top = 2**bits - 1
    zero = {"across": draw.integer(1, top), "above": 0, "below": top}[where]
    off = draw.choice([-0.4, -0.2, 0.3, 0.4]) if where == "across" else 0.0
    scale = float(draw.uniform(low=0.02, high=0.2))
    low, high = -(zero + off), top - (zero + off)
    q = draw.integers(0, top + 1, *dims)
    count = (q - zero) + draw.uniform(*dims, low=-0.4, high=0.4, dtype=torch.float64)
    count = count.clamp(low, high)
    ends = draw.sample(range(count.numel()), 2)
    flat, whole = count.view(-1), q.view(-1)
    inside = torch.tensor([each for each in range(len(flat)) if each not in ends])
    if where == "above":
        flat[inside], whole[inside] = flat[inside].clamp(min=0.7), whole[inside].clamp(min=1)
        flat[ends[0]], whole[ends[0]] = 0.9, 1
    else:
        flat[ends[0]], whole[ends[0]] = low, 0
    if where == "below":
        flat[inside], whole[inside] = flat[inside].clamp(max=-0.7), whole[inside].clamp(max=top - 1)
        flat[ends[1]], whole[ends[1]] = -0.9, top - 1
    else:
        flat[ends[1]], whole[ends[1]] = high, top
    return count * scale, q, scale, zero


def affine(student, x, bits, axis):
    """(q, scale, zero_point) of the student, tensors of the right shapes and dtypes."""
    answer = unchanged(student.quantize_affine, x, bits, axis, en="quantize_affine", fr="quantize_affine")
    q, scale, zero = parts(answer, 3, en="(q, scale, zero_point)", fr="(q, scale, zero_point)")
    dims = [1] * x.dim()
    if axis is not None:
        dims[axis] = x.shape[axis]
    for name, found in (("scale", scale), ("zero_point", zero)):
        shape(found, dims if axis is not None else (), en=name, fr=name)
    shape(q, x.shape, en="q", fr="q")
    dtype(q, torch.uint8, en="q", fr="q")
    dtype(scale, x.dtype, en="scale", fr="scale")
    dtype(zero, torch.int64, en="zero_point", fr="zero_point")
    return q, scale, zero


@pytest.mark.group("affine")
def test_one_range_for_the_whole_tensor(student, reference, draw):
    for bits, where in ((8, "across"), (8, "above"), (4, "below"), (4, "across"), (3, "above"), (2, "across")):
        x, right, step, zero = one_range(draw, bits, (3, 6), where)
        x = x.float()
        q, scale, zero_point = affine(student, x, bits, None)
        close(scale, step, SCALE, en=f"scale with {bits} bits", fr=f"l'échelle sur {bits} bits")
        close(zero_point, zero, EXACT, en=f"zero point with {bits} bits", fr=f"le point zéro sur {bits} bits")
        for integers in (right, reference.quantize_affine(x, bits)[0]):
            close(q, integers, EXACT, en=f"q with {bits} bits", fr=f"q sur {bits} bits", picture=True)
        close(
            (q.float() - zero_point) * scale,
            torch.fake_quantize_per_tensor_affine(x, step, zero, 0, 2**bits - 1),
            SUMS,
            en="the numbers that q stands for, against torch's own",
            fr="les nombres que représente q, comparés à ceux de torch",
        )


@pytest.mark.group("affine")
def test_each_index_along_axis_has_its_own_range(student, reference, draw):
    for dims, axis in (((4, 5), 0), ((4, 5), 1), ((5, 3), -1), ((2, 3, 4), 1), ((3, 2, 4), -3)):
        others = list(dims)
        count = others.pop(axis)
        kinds = ["across", "above", "below", "across", "across"][:count]
        ranges = [one_range(draw, 8, others, where) for where in kinds]
        x, right = (torch.stack([each[i] for each in ranges], dim=axis) for i in (0, 1))
        steps, zeros = (torch.tensor([each[i] for each in ranges]) for i in (2, 3))
        x = x.float()
        q, scale, zero_point = affine(student, x, 8, axis)
        close(scale.flatten(), steps, SCALE, en="scales along axis", fr="les échelles le long de axis")
        close(zero_point.flatten(), zeros, EXACT, en="zero points along axis", fr="les points zéro le long de axis")
        for integers in (right, reference.quantize_affine(x, 8, axis)[0]):
            close(q, integers, EXACT, en="q with a scale per index", fr="q avec une échelle par indice")
        close(
            (q.float() - zero_point) * scale,
            torch.fake_quantize_per_channel_affine(x, steps.float(), zeros.int(), axis % len(dims), 0, 255),
            SUMS,
            en="the numbers that q stands for, against torch's own",
            fr="les nombres que représente q, comparés à ceux de torch",
        )


@pytest.mark.group("affine")
def test_defaults_dtype_and_half_a_scale_at_most(student, draw):
    x, right, step, _ = one_range(draw, 8, (2, 3, 4), "across")
    turned = x.transpose(0, 2)
    found = unchanged(student.quantize_affine, turned, en="quantize_affine", fr="quantize_affine")
    q, scale, zero_point = parts(found, 3, en="(q, scale, zero_point)", fr="(q, scale, zero_point)")
    dtype(scale, torch.float64, en="scale of float64 numbers", fr="l'échelle de nombres float64")
    close(scale, step, SCALE, en="scale, when neither bits nor axis is given", fr="l'échelle, sans bits ni axis")
    close(q, right.transpose(0, 2), EXACT, en="q of a transposed tensor", fr="q d'un tenseur transposé")
    x = draw.normal(4, 30) * draw.uniform(4, 1, low=0.1, high=9.0)
    for axis in (None, 0, 1):
        q, scale, zero_point = affine(student, x, 4, axis)
        error = (q.float() - zero_point) * scale - x
        expect(
            bool((error.abs() <= (0.5 + SLACK) * scale).all()),
            en="a number comes back more than half a scale away from where it was",
            fr="un nombre revient à plus d'une demi-échelle de là où il était",
        )


@pytest.mark.group("edges")
def test_halves_of_the_symmetric_scheme_go_to_even(student, draw):
    for bits in (8, 4):
        end = 2 ** (bits - 1) - 1
        step = draw.choice([0.25, 0.5, 1.0, 2.0])
        below = draw.integers(-end, end, 12)
        below[:4] = torch.tensor([0, 1, -1, -2])
        counts = torch.cat([below + 0.5, torch.tensor([float(end)])])
        right = below + below % 2
        q, scale = parts(student.quantize_absmax(counts * step, bits), 2, en="(q, scale)", fr="(q, scale)")
        close(scale, step, SCALE, en="scale", fr="l'échelle")
        close(
            q,
            torch.cat([right, torch.tensor([end])]),
            EXACT,
            en="q where the quotient ends in one half (quantize_absmax)",
            fr="q là où le quotient finit par un demi (quantize_absmax)",
        )


@pytest.mark.group("edges")
def test_halves_of_the_affine_scheme_are_rounded_shifted_and_clamped(student, draw):
    for bits, beyond in ((8, 0.5), (4, 0.5), (8, 0.0), (4, 0.0)):
        top = 2**bits - 1
        step = draw.choice([0.25, 0.5, 1.0, 2.0])
        # With half an integer beyond, the zero point is rounded to even and the maximum passes the last integer; with
        # none, the zero point is odd, so that it matters whether it is added before the rounding.
        zero = 2 * draw.integer(1, top // 4) + (0 if beyond else 1)
        low = -(zero - beyond)
        below = draw.integers(-zero + 1, top - zero, 10)
        below[:2] = torch.tensor([0, -1])
        counts = torch.cat([torch.tensor([low]), below + 0.5, torch.tensor([low + top])])
        right = torch.cat([torch.tensor([0]), below + below % 2 + zero, torch.tensor([top])])
        for axis, lead in ((None, 1), (0, 2)):
            x = (counts * step).expand(lead, -1)
            answer = student.quantize_affine(x, bits, axis)
            q, scale, zero_point = parts(answer, 3, en="(q, scale, zero_point)", fr="(q, scale, zero_point)")
            close(
                zero_point,
                torch.full([] if axis is None else [lead, 1], zero),
                EXACT,
                en="zero point where low / scale ends in one half",
                fr="le point zéro là où low / scale finit par un demi",
            )
            close(
                q,
                right.clamp(0, top).expand(lead, -1),
                EXACT,
                en="q where the quotient ends in one half, and at the ends of the range (quantize_affine)",
                fr="q là où le quotient finit par un demi, et aux bouts de l'intervalle (quantize_affine)",
            )


@pytest.mark.group("edges")
def test_zeros_have_scale_one(student, draw):
    for dims in ((2, 3), (1,)):
        q, scale = parts(student.quantize_absmax(torch.zeros(dims), 8), 2, en="(q, scale)", fr="(q, scale)")
        close(q, torch.zeros(dims), EXACT, en="q of zeros (quantize_absmax)", fr="q de zéros (quantize_absmax)")
        close(scale, 1.0, EXACT, en="scale of zeros (quantize_absmax)", fr="l'échelle de zéros (quantize_absmax)")
    for axis, dims in ((None, ()), (0, (3, 1)), (1, (1, 2))):
        answer = student.quantize_affine(torch.zeros(3, 2), 8, axis)
        q, scale, zero_point = parts(answer, 3, en="(q, scale, zero_point)", fr="(q, scale, zero_point)")
        close(
            scale,
            torch.ones(dims),
            EXACT,
            en="scale of zeros (quantize_affine)",
            fr="l'échelle de zéros (quantize_affine)",
        )
        close(zero_point, torch.zeros(dims), EXACT, en="zero point of zeros", fr="le point zéro de zéros")
        close(q, torch.zeros(3, 2), EXACT, en="q of zeros (quantize_affine)", fr="q de zéros (quantize_affine)")


@pytest.mark.group("edges")
def test_constant_rows_use_the_last_integer(student, draw):
    size = float(draw.uniform(low=0.5, high=3.0))
    rows = torch.tensor([[0.0], [size], [-size]]).expand(3, 4)
    answer = student.quantize_affine(rows, 8, 0)
    q, scale, zero_point = parts(answer, 3, en="(q, scale, zero_point)", fr="(q, scale, zero_point)")
    close(
        scale,
        torch.tensor([[1.0], [size / 255], [size / 255]]),
        SCALE,
        en="scales of constant rows (the range contains 0)",
        fr="les échelles de lignes constantes (l'intervalle contient 0)",
    )
    close(
        zero_point,
        torch.tensor([[0], [0], [255]]),
        EXACT,
        en="zero points of constant rows",
        fr="les points zéro de lignes constantes",
    )
    close(
        q,
        torch.tensor([[0], [255], [0]]).expand(3, 4),
        EXACT,
        en="q of constant rows: of zeros, of a positive and of a negative number",
        fr="q de lignes constantes : de zéros, d'un nombre positif et d'un négatif",
    )
    answer = student.quantize_absmax(torch.full((2, 3), -size), 4)
    q, scale = parts(answer, 2, en="(q, scale)", fr="(q, scale)")
    close(q, torch.full((2, 3), -7), EXACT, en="q of equal negative numbers", fr="q de nombres négatifs égaux")
    close(scale, size / 7, SCALE, en="scale of equal negative numbers", fr="l'échelle de nombres négatifs égaux")


def returned(student, q, scale, *zero_point):
    """The student's floats, in the dtype of the scale."""
    out = unchanged(student.dequantize, q, scale, *zero_point, en="dequantize", fr="dequantize")
    shape(out, q.shape, en="result of dequantize", fr="le résultat de dequantize")
    dtype(out, scale.dtype, en="result of dequantize", fr="le résultat de dequantize")
    return out


@pytest.mark.group("return")
def test_integers_become_multiples_of_the_scale(student, reference, draw):
    bytes_ = draw.integers(0, 256, 3, 4).to(torch.uint8)
    signed = draw.integers(-127, 128, 3, 4).to(torch.int8)
    for kind, dims in ((torch.float32, (3, 1)), (torch.float64, (1, 4)), (torch.float32, ())):
        scale = draw.uniform(*dims, low=0.02, high=0.1, dtype=kind)
        zero = draw.integers(50, 200, *dims)
        for q, point in ((bytes_, (zero,)), (signed, ()), (signed.T.contiguous().T, (0,))):
            out = returned(student, q, scale, *point)
            whole = q.double() - (point[0] if point else 0)
            for right in (reference.dequantize(q, scale, *point), whole * scale.double()):
                close(out, right, SUMS, en="result of dequantize", fr="le résultat de dequantize")


@pytest.mark.group("return")
def test_differences_do_not_wrap_around(student, draw):
    zero = draw.integer(100, 256)
    q = torch.tensor([[0, 1, zero - 1], [zero, 255, 99]], dtype=torch.uint8)
    scale = draw.uniform(low=0.02, high=0.1)
    for point in (torch.tensor(zero), zero):
        out = returned(student, q, scale, point)
        expect(
            float(out[0, 0]) < 0,
            en="an integer below the zero point does not come back negative: in which dtype do you subtract?",
            fr="un entier sous le point zéro ne revient pas négatif : dans quel dtype soustrayez-vous ?",
        )
        close(out[1, 0], 0.0, EXACT, en="what the zero point stands for", fr="ce que représente le point zéro")
        close(
            out,
            (q.double() - zero) * scale.double(),
            SUMS,
            en="dequantize around the zero point",
            fr="dequantize autour du point zéro",
        )


@pytest.mark.group("return")
def test_nothing_moves_by_more_than_half_a_scale(student, reference, draw):
    x = draw.normal(4, 30) * draw.uniform(4, 1, low=0.1, high=9.0)
    x[:, 7] = 0.0
    for stored in (
        reference.quantize_absmax(x, 4),
        reference.quantize_affine(x, 8),
        reference.quantize_affine(x, 4, 0),
        reference.quantize_affine(x, 3, 1),
    ):
        out = returned(student, *stored)
        expect(
            bool(((out - x).abs() <= (0.5 + SLACK) * stored[1]).all()),
            en="a number comes back more than half a scale away from where it was",
            fr="un nombre revient à plus d'une demi-échelle de là où il était",
        )
        close(out[:, 7], torch.zeros(4), EXACT, en="what comes back of zeros", fr="ce qui revient de zéros")


@pytest.mark.group("return")
def test_scale_gets_its_gradient(student, draw):
    q, scale, zero = draw.integers(0, 256, 3, 4).to(torch.uint8), draw.uniform(3, 1, low=0.02, high=0.1), 128
    G = draw.normal(3, 4, scale=0.1)
    (to_scale,) = gradients(student.dequantize, q, scale, zero, wrt=(1,), weights=G)
    close(
        to_scale,
        (G * (q.float() - zero)).sum(dim=1, keepdim=True),
        Tolerance(1e-5, 1e-4, "sums of four terms of size 10 in float32"),
        en="gradient of dequantize with respect to scale",
        fr="le gradient de dequantize par rapport à scale",
    )
