"""Hidden suite of `rnn`.

Covers one step, one layer over time, a stack of layers, the loss of every prediction, perplexity in blocks, greedy
generation, inputs left alone and gradients through time; against the reference and `torch.nn.RNN` with `bias_ih` = 0.
Each group looks at one of these alone: the functions below it are the reference's, `steps` looks at a single layer
and `layers` at the last step. Does not cover training, nor sampling.
"""

import math

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

RATIO = Tolerance(2e-5, 0.0, "exp of a mean of float32 losses: each is known to 1e-6, and their mean at least as well")
LARGE = Tolerance(0.0, 1e-3, "float32 logits of some hundreds are known to 3e-5, and two of them are subtracted")
SLOPE = Tolerance(
    1e-7, 2e-8, "central difference in float64: curvature and rounding count for 4e-9 of the slope, or 2e-9"
)
MARGIN = 0.01  # between the best logit and the next: rounding cannot change which token is written


def drawn_layers(draw, L, D, H, kind=torch.float32):
    """Weights of L layers, of a scale at which input, memory and bias all count."""
    return [
        {
            "W": draw.normal(D if i == 0 else H, H, dtype=kind, scale=(D if i == 0 else H) ** -0.5),
            "U": draw.normal(H, H, dtype=kind, scale=H**-0.5),
            "b": draw.normal(H, dtype=kind, scale=0.5),
        }
        for i in range(L)
    ]


def drawn_model(draw, V, kind=torch.float32):
    """A language model of two layers whose predictions depend on all that was read."""
    return {
        "embedding": draw.normal(V, 4, dtype=kind),
        "layers": drawn_layers(draw, 2, 4, 6, kind),
        "W_out": draw.normal(6, V, dtype=kind, scale=2.0),
        "b_out": draw.normal(V, dtype=kind, scale=0.5),
    }


def forgetful(probabilities):
    """A model that gives the same probabilities whatever it has read."""
    V = len(probabilities)
    layer = {"W": torch.zeros(2, 3), "U": torch.zeros(3, 3), "b": torch.zeros(3)}
    return {
        "embedding": torch.zeros(V, 2),
        "layers": [layer],
        "W_out": torch.zeros(3, V),
        "b_out": probabilities.log(),
    }


def torch_forward(x, params, h0=None):
    """(out, h_n) of torch's own module, with the weights loaded by name."""
    D, H = params[0]["W"].shape
    net = torch.nn.RNN(D, H, len(params), batch_first=True, dtype=x.dtype)
    weights = {}
    for i, layer in enumerate(params):
        weights |= {f"weight_ih_l{i}": layer["W"].T, f"weight_hh_l{i}": layer["U"].T}
        weights |= {f"bias_ih_l{i}": torch.zeros_like(layer["b"]), f"bias_hh_l{i}": layer["b"]}
    net.load_state_dict(weights)
    with torch.no_grad():
        return net(x, h0)


def torch_logits(ids, model):
    """Logits of the token after each of `ids`, with torch's own module. int64[B, T] -> [B, T, V]"""
    return torch_forward(model["embedding"][ids], model["layers"])[0] @ model["W_out"] + model["b_out"]


def torch_losses(ids, model):
    """-ln p of every token of `ids` but the first. int64[B, N] -> [B, N-1]"""
    return F.cross_entropy(torch_logits(ids[:, :-1], model).transpose(1, 2), ids[:, 1:], reduction="none")


def states(student, x, params, *h0):
    """`out` of the student, a tensor [B, T, H] of the dtype of x."""
    out, _ = parts(student.rnn_forward(x, params, *h0), 2, en="(out, h_n)", fr="(out, h_n)")
    shape(out, (*x.shape[:2], len(params[0]["b"])), en="out", fr="out")
    dtype(out, x.dtype, en="out", fr="out")
    return out


def last_states(student, x, params, *h0):
    """`h_n` of the student and the last step of their `out`: tensors [L, B, H] and [B, H]."""
    out, h_n = parts(student.rnn_forward(x, params, *h0), 2, en="(out, h_n)", fr="(out, h_n)")
    B, T, H = *x.shape[:2], len(params[0]["b"])
    shape(h_n, (len(params), B, H), en="h_n", fr="h_n")
    dtype(h_n, x.dtype, en="h_n", fr="h_n")
    shape(out, (B, T, H), en="out", fr="out")
    return h_n, out[:, -1]


def losses_of(student, ids, model, *h0):
    """(losses, h_n) of the student: tensors [B, N-1] and [L, B, H]."""
    losses, h_n = parts(student.next_token_losses(ids, model, *h0), 2, en="(losses, h_n)", fr="(losses, h_n)")
    B, N = ids.shape
    shape(losses, (B, N - 1), en="losses", fr="losses")
    dtype(losses, model["b_out"].dtype, en="losses", fr="losses")
    shape(h_n, (len(model["layers"]), B, len(model["W_out"])), en="h_n", fr="h_n")
    dtype(h_n, model["b_out"].dtype, en="h_n", fr="h_n")
    return losses, h_n


@pytest.mark.group("cell")
def test_step_matches_reference_and_torch(student, reference, draw):
    x_t, h = draw.normal(3, 5), draw.uniform(3, 4, low=-1.0)
    (layer,) = drawn_layers(draw, 1, 5, 4)
    state = student.rnn_cell(x_t, h, layer["W"], layer["U"], layer["b"])
    shape(state, (3, 4), en="the new state", fr="le nouvel état")
    dtype(state, torch.float32, en="the new state", fr="le nouvel état")
    expect(
        bool((state.abs() <= 1).all()),
        en="the new state leaves [-1, 1]: look at what is applied to the sum, and to the whole of it",
        fr="le nouvel état sort de [-1, 1] : regardez ce qui s'applique à la somme, et à la somme entière",
    )
    close(
        state, reference.rnn_cell(x_t, h, layer["W"], layer["U"], layer["b"]), en="the new state", fr="le nouvel état"
    )
    cell = torch.nn.RNNCell(5, 4)
    cell.load_state_dict(
        {"weight_ih": layer["W"].T, "weight_hh": layer["U"].T, "bias_ih": torch.zeros(4), "bias_hh": layer["b"]}
    )
    with torch.no_grad():
        close(state, cell(x_t, h), en="the new state", fr="le nouvel état")


@pytest.mark.group("cell")
def test_each_term_alone(student, draw):
    nothing, (layer,) = torch.zeros(2, 4), drawn_layers(draw, 1, 4, 4)
    x_t, h, zero = draw.normal(2, 4), draw.uniform(2, 4, low=-1.0), torch.zeros(4, 4)
    close(
        student.rnn_cell(nothing, nothing, layer["W"], layer["U"], layer["b"]),
        layer["b"].tanh().expand(2, 4),
        en="the new state when input and state are zero (only the bias is left)",
        fr="le nouvel état quand l'entrée et l'état sont nuls (il ne reste que le biais)",
    )
    close(
        student.rnn_cell(x_t, h, layer["W"], zero, torch.zeros(4)),
        (x_t @ layer["W"]).tanh(),
        en="the new state when U and b are zero (only the input counts)",
        fr="le nouvel état quand U et b sont nuls (seule l'entrée compte)",
    )
    close(
        student.rnn_cell(x_t, h, zero, layer["U"], torch.zeros(4)),
        (h @ layer["U"]).tanh(),
        en="the new state when W and b are zero (only the state before counts)",
        fr="le nouvel état quand W et b sont nuls (seul l'état précédent compte)",
    )


@pytest.mark.group("cell")
def test_step_in_float64_of_one_row_and_of_transposed_inputs(student, reference, draw):
    (layer,) = drawn_layers(draw, 1, 3, 2, torch.float64)
    for B in (1, 4):
        x_t, h = draw.normal(3, B, dtype=torch.float64).T, draw.normal(2, B, dtype=torch.float64).T
        state = student.rnn_cell(x_t, h, layer["W"], layer["U"], layer["b"])
        dtype(state, torch.float64, en="the new state in float64", fr="le nouvel état en float64")
        close(
            state,
            torch.tanh(x_t @ layer["W"] + h @ layer["U"] + layer["b"]),
            FLOAT64,
            en="the new state in float64",
            fr="le nouvel état en float64",
        )


@pytest.mark.group("steps")
def test_every_step_of_one_layer_matches_reference_and_torch(student, reference, draw):
    x, params, h0 = draw.normal(3, 5, 4), drawn_layers(draw, 1, 4, 6), draw.uniform(1, 3, 6, low=-1.0)
    out = states(student.using(rnn_cell=reference.rnn_cell), x, params, h0)
    expect(
        not torch.equal(out, out[:, -1:].expand(3, 5, 6)),
        en="every step of out holds the last state: the steps are one and the same tensor, written over again and again",
        fr="chaque pas de out contient le dernier état : les pas sont un seul et même tenseur, sans cesse réécrit",
    )
    expect(
        not torch.equal(out[:, 0], h0[0]),
        en="the first step of out is h0: out[:, 0] is the state after the first input has been read",
        fr="le premier pas de out est h0 : out[:, 0] est l'état après la lecture de la première entrée",
    )
    close(out, reference.rnn_forward(x, params, h0)[0], picture=True, en="out of one layer", fr="out d'une couche")
    close(out, torch_forward(x, params, h0)[0], en="out of one layer", fr="out d'une couche")


@pytest.mark.group("steps")
def test_shapes_of_short_long_and_single_sequences(student, reference, draw):
    student = student.using(rnn_cell=reference.rnn_cell)
    for B, T, D, H in ((2, 4, 3, 5), (2, 1, 3, 5), (1, 3, 5, 2), (1, 1, 1, 1)):
        x, params = draw.normal(B, T, D), drawn_layers(draw, 1, D, H)
        close(
            states(student, x, params),
            torch_forward(x, params)[0],
            en="out for other numbers of sequences and steps, without h0",
            fr="out pour d'autres nombres de séquences et de pas, sans h0",
        )


@pytest.mark.group("steps")
def test_a_step_sees_the_past_only(student, reference, draw):
    student = student.using(rnn_cell=reference.rnn_cell)
    x, params, t = draw.normal(2, 5, 3), drawn_layers(draw, 1, 3, 4), draw.integer(1, 4)
    changed = x.clone()
    changed[:, t:] = draw.normal(2, 5 - t, 3)
    before, after = states(student, x, params), states(student, changed, params)
    close(
        after[:, :t],
        before[:, :t],
        en="the steps of out before an input that was changed: they cannot know of it",
        fr="les pas de out qui précèdent une entrée modifiée : ils ne peuvent pas la connaître",
    )
    expect(
        not torch.equal(after[:, t], before[:, t]),
        en="an input was changed and the state after reading it stayed the same: look at which input each step reads",
        fr="une entrée a changé et l'état qui suit sa lecture est resté le même : regardez quelle entrée lit chaque pas",
    )


@pytest.mark.group("steps")
def test_no_h0_means_zeros_in_the_dtype_of_x(student, reference, draw):
    student = student.using(rnn_cell=reference.rnn_cell)
    x, params = draw.normal(2, 3, 4, dtype=torch.float64), drawn_layers(draw, 1, 4, 5, torch.float64)
    wanted = torch_forward(x, params)[0]
    close(states(student, x, params), wanted, FLOAT64, en="out without h0, in float64", fr="out sans h0, en float64")
    close(
        states(student, x, params, torch.zeros(1, 2, 5, dtype=torch.float64)),
        wanted,
        FLOAT64,
        en="out from an h0 of zeros, in float64",
        fr="out en partant d'un h0 nul, en float64",
    )


@pytest.mark.group("steps")
def test_each_sequence_stands_alone_in_any_layout(student, reference, draw):
    student = student.using(rnn_cell=reference.rnn_cell)
    x, params = draw.normal(4, 3, 2).transpose(0, 2), drawn_layers(draw, 1, 4, 5)
    h0 = draw.uniform(5, 2, 1, low=-1.0).transpose(0, 2)
    together = states(student, x, params, h0)
    for row in range(2):
        close(
            together[row : row + 1],
            states(student, x[row : row + 1].contiguous(), params, h0[:, row : row + 1].contiguous()),
            en="out of one sequence, in a batch against alone",
            fr="out d'une séquence, dans un lot et seule",
        )


@pytest.mark.group("layers")
def test_three_layers_match_reference_and_torch(student, reference, draw):
    x, params, h0 = draw.normal(2, 4, 5), drawn_layers(draw, 3, 5, 5), draw.uniform(3, 2, 5, low=-1.0)
    h_n, last = last_states(student.using(rnn_cell=reference.rnn_cell), x, params, h0)
    wanted_out, wanted = reference.rnn_forward(x, params, h0)
    for i in range(3):
        close(
            h_n[i],
            wanted[i],
            en=f"h_n: the last state of layer {i} of three",
            fr=f"h_n : le dernier état de la couche {i} sur trois",
        )
    close(last, wanted_out[:, -1], en="the last step of out, three layers", fr="le dernier pas de out, trois couches")
    torch_out, torch_h_n = torch_forward(x, params, h0)
    close(h_n, torch_h_n, en="h_n of three layers", fr="h_n de trois couches")
    close(last, torch_out[:, -1], en="the last step of out, three layers", fr="le dernier pas de out, trois couches")


@pytest.mark.group("layers")
def test_layers_wider_than_the_input(student, reference, draw):
    student = student.using(rnn_cell=reference.rnn_cell)
    for L, B, T, D, H in ((1, 3, 4, 2, 5), (2, 3, 4, 5, 2), (3, 2, 1, 2, 3), (2, 1, 2, 3, 4)):
        x, params, h0 = draw.normal(B, T, D), drawn_layers(draw, L, D, H), draw.uniform(L, B, H, low=-1.0)
        h_n, last = last_states(student, x, params, h0)
        close(h_n, torch_forward(x, params, h0)[1], en="h_n for D ≠ H", fr="h_n pour D ≠ H")
        close(
            last,
            h_n[-1],
            en="the last step of out, against h_n of the last layer",
            fr="le dernier pas de out, comparé à h_n de la dernière couche",
        )


@pytest.mark.group("layers")
def test_every_layer_starts_from_zeros_without_h0(student, reference, draw):
    x, params = draw.normal(2, 3, 4), drawn_layers(draw, 3, 4, 4)
    h_n, _ = last_states(student.using(rnn_cell=reference.rnn_cell), x, params)
    close(h_n, torch_forward(x, params)[1], en="h_n of three layers without h0", fr="h_n de trois couches sans h0")


@pytest.mark.group("layers")
def test_two_pieces_give_the_same_as_one(student, reference, draw):
    student = student.using(rnn_cell=reference.rnn_cell)
    x, params, cut = draw.normal(2, 6, 3), drawn_layers(draw, 2, 3, 4), draw.integer(1, 6)
    whole, _ = last_states(student, x, params)
    half, _ = last_states(student, x[:, :cut], params)
    rest, _ = last_states(student, x[:, cut:], params, half)
    close(
        rest,
        whole,
        en="h_n of a text read in two pieces, the second starting from the h_n of the first",
        fr="h_n d'un texte lu en deux morceaux, le second partant du h_n du premier",
    )


@pytest.mark.group("invariants")
def test_inputs_are_left_alone(student, draw):
    # As wide as the states, so that only what is written into the inputs is looked at.
    (layer,), h = drawn_layers(draw, 1, 4, 4), draw.uniform(2, 4, low=-1.0)
    unchanged(student.rnn_cell, draw.normal(2, 4), h, layer["W"], layer["U"], layer["b"], en="rnn_cell", fr="rnn_cell")
    for L, T in ((1, 1), (2, 4)):
        unchanged(
            student.rnn_forward,
            draw.normal(2, T, 4),
            drawn_layers(draw, L, 4, 4),
            draw.uniform(L, 2, 4, low=-1.0),
            en="rnn_forward (x, params, h0)",
            fr="rnn_forward (x, params, h0)",
        )


@pytest.mark.group("invariants")
def test_gradients_are_the_slopes_of_the_function(student, draw):
    kind, step = torch.float64, 1e-6
    # As many sequences as steps, and states as wide as inputs: only the gradients are looked at, whatever the values.
    point = [draw.normal(3, 3, 4, dtype=kind), drawn_layers(draw, 2, 4, 4, kind), draw.normal(2, 3, 4, dtype=kind)]
    upstream = draw.normal(3, 3, 4, dtype=kind)
    grads = gradients(student.rnn_forward, *point, wrt=(0, 1, 2), weights=upstream)
    for name, gradient, moved in along_each_input(draw, point, grads):
        totals = []
        for sign in (1, -1):
            totals.append(float((states(student, *moved(sign * step)) * upstream).sum()))
        close(
            gradient,
            (totals[0] - totals[1]) / (2 * step),
            SLOPE,
            en=f"gradient with respect to {name}, against the slope of your own function (autograd must follow all steps)",
            fr=f"le gradient par rapport à {name}, comparé à la pente de votre propre fonction (autograd doit suivre tous "
            "les pas)",
        )


def along_each_input(draw, point, grads):
    """For x, h0 and each kind of weight: its name, the gradient along a drawn direction, and the inputs moved along it.

    A gradient that does not exist counts as 0, which is right when the result does not depend on that input.
    """
    x, layers, h0 = point

    def along(gradient, direction):
        return 0.0 if gradient is None else float((gradient * direction).sum())

    to_x, to_h0 = draw.normal(*x.shape, dtype=x.dtype), draw.normal(*h0.shape, dtype=x.dtype)
    yield "x", along(grads[0], to_x), lambda far: (x + far * to_x, layers, h0)
    yield "h0", along(grads[2], to_h0), lambda far: (x, layers, h0 + far * to_h0)
    for key in ("W", "U", "b"):
        ways = [draw.normal(*layer[key].shape, dtype=x.dtype) for layer in layers]
        total = sum(along(gradient[key], way) for gradient, way in zip(grads[1], ways, strict=True))
        yield (
            key,
            total,
            lambda far, key=key, ways=ways: (
                x,
                [layer | {key: layer[key] + far * way} for layer, way in zip(layers, ways, strict=True)],
                h0,
            ),
        )


@pytest.mark.group("invariants")
def test_gradients_of_the_losses_are_their_slopes(student, draw):
    kind, step = torch.float64, 1e-5
    # One layer as wide as its inputs, and an h0 that is given: only the gradients are looked at, whatever the values.
    model = drawn_model(draw, 5, kind) | {"layers": drawn_layers(draw, 1, 4, 4, kind)}
    model["W_out"] = draw.normal(4, 5, dtype=kind)
    ids, h0 = draw.integers(0, 5, 3, 4), draw.normal(1, 3, 4, dtype=kind)
    by_name = gradients(student.next_token_losses, ids, model, h0, wrt=(1,))[0]
    for name in ("b_out", "W_out", "embedding"):
        way, totals = draw.normal(*model[name].shape, dtype=kind), []
        for sign in (1, -1):
            moved = model | {name: model[name] + sign * step * way}
            losses, _ = parts(student.next_token_losses(ids, moved, h0), 2, en="(losses, h_n)", fr="(losses, h_n)")
            finite(losses, en="losses", fr="les pertes")
            totals.append(float(torch.as_tensor(losses).sum()))
        close(
            0.0 if by_name[name] is None else float((by_name[name] * way).sum()),
            (totals[0] - totals[1]) / (2 * step),
            SLOPE,
            en=f"gradient of the sum of the losses with respect to {name}, against the slope of your own function",
            fr=f"le gradient de la somme des pertes par rapport à {name}, comparé à la pente de votre propre fonction",
        )


@pytest.mark.group("loss")
def test_losses_match_reference_and_torch(student, reference, draw):
    ids, model = draw.integers(0, 7, 3, 6), drawn_model(draw, 7)
    losses, _ = losses_of(student.using(rnn_forward=reference.rnn_forward), ids, model)
    logits = torch_logits(ids, model).transpose(1, 2)
    expect(
        not torch.allclose(losses, F.cross_entropy(logits, ids, reduction="none")[:, :-1], atol=1e-4),
        en="your losses are those of the tokens just read: having read one, what is there to predict?",
        fr="vos pertes sont celles des tokens qu'on vient de lire : après en avoir lu un, que faut-il prédire ?",
    )
    expect(
        bool((losses >= 0).all()),
        en="some losses are negative: a probability is at most 1, so minus its logarithm is at least 0",
        fr="certaines pertes sont négatives : une probabilité vaut au plus 1, et l'opposé de son logarithme au moins 0",
    )
    close(losses, reference.next_token_losses(ids, model)[0], picture=True, en="losses", fr="les pertes")
    close(losses, torch_losses(ids, model), en="losses", fr="les pertes")


@pytest.mark.group("loss")
def test_losses_of_a_model_that_forgets(student, reference, draw):
    probabilities = draw.uniform(5, low=0.2)
    probabilities = probabilities / probabilities.sum()
    ids = draw.integers(0, 5, 2, 4)
    ids[0] = torch.tensor(draw.sample(range(5), 4))
    losses, _ = losses_of(student.using(rnn_forward=reference.rnn_forward), ids, forgetful(probabilities))
    close(
        losses,
        -probabilities[ids[:, 1:]].log(),
        en="losses when every prediction has the same known probabilities",
        fr="les pertes quand chaque prédiction a les mêmes probabilités connues",
    )


@pytest.mark.group("loss")
def test_states_are_those_after_the_last_token_read(student, reference, draw):
    student = student.using(rnn_forward=reference.rnn_forward)
    ids, model = draw.integers(0, 6, 2, 6), drawn_model(draw, 6)
    _, h_n = losses_of(student, ids, model)
    expect(
        not torch.allclose(h_n, torch_forward(model["embedding"][ids], model["layers"])[1], atol=1e-5),
        en="h_n is the state after all the tokens: the last one is predicted, but not read",
        fr="h_n est l'état après tous les tokens : le dernier est prédit, mais n'est pas lu",
    )
    close(h_n, reference.next_token_losses(ids, model)[1], en="h_n", fr="h_n")
    whole, _ = losses_of(student, ids, model)
    first, between = losses_of(student, ids[:, :3], model)
    second, _ = losses_of(student, ids[:, 2:], model, between)
    close(
        torch.cat([first, second], dim=1),
        whole,
        en="losses of a text in two pieces, the second starting from the h_n of the first",
        fr="les pertes d'un texte en deux morceaux, le second partant du h_n du premier",
    )


@pytest.mark.group("loss")
def test_losses_depend_on_h0(student, reference, draw):
    ids, model, h0 = draw.integers(0, 6, 2, 4), drawn_model(draw, 6), draw.uniform(2, 2, 6, low=-1.0)
    losses, h_n = losses_of(student.using(rnn_forward=reference.rnn_forward), ids, model, h0)
    wanted, states_after = reference.next_token_losses(ids, model, h0)
    close(losses, wanted, en="losses from a given h0", fr="les pertes en partant d'un h0 donné")
    close(h_n, states_after, en="h_n from a given h0", fr="h_n en partant d'un h0 donné")


@pytest.mark.group("loss")
def test_large_logits_give_finite_losses(student, reference, draw):
    ids, model = draw.integers(0, 5, 2, 5), drawn_model(draw, 5)
    model["b_out"] = torch.tensor([-300.0, -100.0, 0.0, 100.0, 300.0])[draw.sample(range(5), 5)]
    losses, _ = losses_of(student.using(rnn_forward=reference.rnn_forward), ids, model)
    finite(losses, en="losses when the logits reach 300", fr="les pertes quand les logits atteignent 300")
    close(
        losses,
        torch_losses(ids, model),
        LARGE,
        en="losses when the logits reach 300",
        fr="les pertes quand les logits atteignent 300",
    )


@pytest.mark.group("loss")
def test_one_prediction_in_float64_and_ids_left_alone(student, reference, draw):
    student = student.using(rnn_forward=reference.rnn_forward)
    ids, model = draw.integers(0, 4, 1, 2), drawn_model(draw, 4, torch.float64)
    losses, _ = losses_of(student, ids, model)
    close(
        losses,
        torch_losses(ids, model),
        FLOAT64,
        en="the loss of a single prediction, in float64",
        fr="la perte d'une seule prédiction, en float64",
    )
    unchanged(
        student.next_token_losses,
        draw.integers(0, 4, 2, 5),
        model,
        draw.uniform(2, 2, 6, dtype=torch.float64),
        en="next_token_losses",
        fr="next_token_losses",
    )


def with_losses(student, reference):
    """The student with the reference's network and losses, so that only the blocks are looked at."""
    return student.using(rnn_forward=reference.rnn_forward, next_token_losses=reference.next_token_losses)


@pytest.mark.group("perplexity")
def test_blocks_of_any_length_match_reference_and_torch(student, reference, draw):
    student = with_losses(student, reference)
    ids, model = draw.integers(0, 6, 2, 8), drawn_model(draw, 6)
    whole = math.exp(torch_losses(ids, model).double().mean())
    for k, en, fr in (
        (7, "in one block", "en un bloc"),
        (3, "when the last block is shorter", "quand le dernier bloc est plus court"),
        (1, "in blocks of one prediction", "par blocs d'une prédiction"),
        (6, "when one prediction is left for the last block", "quand il reste une prédiction pour le dernier bloc"),
        (20, "in blocks longer than the text", "par blocs plus longs que le texte"),
    ):
        found = student.perplexity_by_blocks(ids, model, k)
        close(
            found, reference.perplexity_by_blocks(ids, model, k), RATIO, en=f"perplexity {en}", fr=f"la perplexité {fr}"
        )
        close(found, whole, RATIO, en=f"perplexity {en}", fr=f"la perplexité {fr}")


@pytest.mark.group("perplexity")
def test_every_prediction_counts_the_same(student, reference, draw):
    student = with_losses(student, reference)
    model = forgetful(torch.tensor([0.75, 0.125, 0.125]))
    likely, unlikely = torch.zeros(1, 6, dtype=torch.int64), draw.integers(1, 3, 1, 6)
    # Five likely predictions, then an unlikely one alone in the last block.
    ids = torch.cat([likely, unlikely[:, :1]], dim=1)
    close(
        student.perplexity_by_blocks(ids, model, 5),
        math.exp(-(5 * math.log(0.75) + math.log(0.125)) / 6),
        RATIO,
        en="perplexity when only the last, shorter block is hard to predict",
        fr="la perplexité quand seul le dernier bloc, plus court, est difficile à prédire",
    )
    close(
        student.perplexity_by_blocks(torch.cat([likely, unlikely]), model, 5),
        math.exp(-(math.log(0.75) + math.log(0.125)) / 2),
        RATIO,
        en="perplexity of two sequences together, one easy and one hard",
        fr="la perplexité de deux séquences ensemble, l'une facile et l'autre difficile",
    )


@pytest.mark.group("perplexity")
def test_a_model_that_knows_nothing_hesitates_among_all(student, reference, draw):
    V = draw.integer(4, 30)
    found = unchanged(
        with_losses(student, reference).perplexity_by_blocks,
        draw.integers(0, V, 3, 6),
        forgetful(torch.full((V,), 1.0 / V)),
        2,
        en="perplexity_by_blocks",
        fr="perplexity_by_blocks",
    )
    close(
        found,
        float(V),
        RATIO,
        en="perplexity of a model that gives all tokens the same probability",
        fr="la perplexité d'un modèle qui donne à tous les tokens la même probabilité",
    )


def torch_greedy(prompt, model, n):
    """The n most likely tokens, all read again for each, and the least lead that a best logit had."""
    text, lead = prompt, math.inf
    for _ in range(n):
        best = torch_logits(text, model)[:, -1].topk(2, dim=1)
        lead = min(lead, float((best.values[:, 0] - best.values[:, 1]).min()))
        text = torch.cat([text, best.indices[:, :1]], dim=1)
    return text[:, prompt.shape[1] :], lead


def read_again(reference, prompt, model, n):
    """What is written when all of the text is read again, from states that have already read it."""
    text, h = prompt, None
    for _ in range(n):
        logits, h = reference.lm_forward(text, model, h)
        text = torch.cat([text, logits[:, -1:].argmax(dim=-1)], dim=1)
    return text[:, prompt.shape[1] :]


def drawn_writer(reference, draw, B, P, n):
    """A model and a prompt such that every row's text hangs on all of the prompt, read once, and on what was written."""
    while True:
        model, prompt = drawn_model(draw, 8), draw.integers(0, 8, B, P)
        written, lead = torch_greedy(prompt, model, n)
        short, _ = torch_greedy(prompt[:, -1:], model, n)
        alone, _ = torch_greedy(written[:, -2:-1], model, 1)
        moving = (written[:, 1:] != written[:, :-1]).any(dim=1) & (written[:, 0] != prompt[:, -1])
        if (
            lead > MARGIN
            and bool((moving & (written != short).any(dim=1)).all())
            and not torch.equal(alone[:, 0], written[:, -1])
            and not torch.equal(read_again(reference, prompt, model, n), written)
        ):
            return model, prompt, written


def written_by(student, prompt, model, n):
    """int64[B, n], what the student's function writes."""
    new = student.generate(prompt, model, n)
    shape(new, (len(prompt), n), en="the new tokens", fr="les nouveaux tokens")
    dtype(new, torch.int64, en="the new tokens", fr="les nouveaux tokens")
    return new


@pytest.mark.group("generate")
def test_writes_what_reading_all_again_would(student, reference, draw):
    student = student.using(rnn_forward=reference.rnn_forward)
    model, prompt, written = drawn_writer(reference, draw, 2, 4, 6)
    new = written_by(student, prompt, model, 6)
    expect(
        not (torch.equal(new[:, :4], prompt) or torch.equal(new[:, 0], prompt[:, -1])),
        en="what you return begins with the prompt: only the new tokens are asked for",
        fr="ce que vous renvoyez commence par le prompt : on ne demande que les nouveaux tokens",
    )
    same(new, reference.generate(prompt, model, 6), en="the new tokens", fr="les nouveaux tokens")
    same(new, written, en="the new tokens", fr="les nouveaux tokens")


@pytest.mark.group("generate")
def test_prompts_of_one_token_and_few_new_ones(student, reference, draw):
    student = student.using(rnn_forward=reference.rnn_forward)
    for B, P, n in ((3, 1, 3), (1, 3, 4)):
        model, prompt, lead = drawn_model(draw, 6), draw.integers(0, 6, B, P), 0.0
        while lead <= MARGIN:
            model = drawn_model(draw, 6)
            written, lead = torch_greedy(prompt, model, n)
        for count in (n, 1, 0):
            same(
                written_by(student, prompt, model, count),
                written[:, :count],
                en="the new tokens for other numbers of sequences and tokens",
                fr="les nouveaux tokens pour d'autres nombres de séquences et de tokens",
            )


@pytest.mark.group("generate")
def test_smallest_id_wins_ties_and_the_prompt_is_left_alone(student, reference, draw):
    student = student.using(rnn_forward=reference.rnn_forward)
    probabilities = torch.full((7,), 0.1)
    tied = sorted(draw.sample(range(7), 3))
    probabilities[tied] = 0.2
    new = unchanged(
        student.generate, draw.integers(0, 7, 2, 3), forgetful(probabilities), 3, en="generate", fr="generate"
    )
    same(
        new,
        torch.full((2, 3), tied[0]),
        en="the new tokens when several have the same highest logit",
        fr="les nouveaux tokens quand plusieurs ont le même logit maximal",
    )
