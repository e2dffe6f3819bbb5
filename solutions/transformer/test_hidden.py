"""Hidden suite of `transformer`.

Covers the masks and the embeddings, the decoder layer with and without masks, the encoder, the decoder, greedy
generation, inputs and gradients: against the reference, against torch's own layers, and by properties (a changed future,
longer padding). Each group looks at one of these alone: what a function builds on is the reference's. What stands at
padding positions is free and is never looked at. Does not cover training, nor the given parts.
"""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from autograder.checks import (
    FLOAT32,
    STACK,
    Tolerance,
    close,
    dtype,
    expect,
    finite,
    gradients,
    same,
    shape,
    unchanged,
)

SLOPE = Tolerance(
    1e-4,
    1e-4,
    "central difference in float64 with a step of 1e-8, too short to meet a kink of ReLU: rounding counts for 1e-5",
)

D, D_FF, HEADS, V_SRC, V = 8, 6, 2, 9, 7
SOURCE_PAD, PAD = 4, 2  # one id cannot serve both vocabularies by chance


def layer_of(draw, letters, norms, kind=torch.float32):
    """One layer's random weights, of a scale at which every term counts."""
    w = {f"{letter}_{role}": draw.normal(D, D, scale=D**-0.5, dtype=kind) for letter in letters for role in "qkvo"}
    w |= {f"{letter}_{role}": 2 * w[f"{letter}_{role}"] for letter in letters for role in "qk"}
    w |= {"W_1": draw.normal(D, D_FF, scale=D**-0.5, dtype=kind), "b_1": draw.normal(D_FF, scale=0.5, dtype=kind)}
    w |= {"W_2": draw.normal(D_FF, D, scale=D_FF**-0.5, dtype=kind), "b_2": draw.normal(D, scale=0.5, dtype=kind)}
    for i in range(1, norms + 1):
        w |= {f"gamma_{i}": draw.uniform(D, low=0.5, high=2.0, dtype=kind)}
        w |= {f"beta_{i}": draw.normal(D, scale=0.5, dtype=kind)}
    return w


def model_of(draw, encoder=2, decoder=2, kind=torch.float32):
    """A whole model's random weights; it never writes padding."""
    weights = {"E_src": draw.normal(V_SRC, D, dtype=kind), "E_tgt": draw.normal(V, D, dtype=kind)}
    weights |= {"encoder": [layer_of(draw, "W", 2, kind) for _ in range(encoder)]}
    weights |= {"decoder": [layer_of(draw, "WC", 3, kind) for _ in range(decoder)]}
    weights |= {"W_out": draw.normal(D, V, dtype=kind), "b_out": draw.normal(V, scale=0.5, dtype=kind)}
    weights["b_out"][PAD] = -40.0
    return weights


def words(draw, vocabulary, pad, *lengths, width):
    """int64[B, width]: random ids, none of them `pad`, then padding after the first `lengths[b]`."""
    ids = draw.integers(0, vocabulary - 1, len(lengths), width)
    ids = ids + (ids >= pad).long()
    return ids.masked_fill(torch.arange(width) >= torch.tensor(lengths)[:, None], pad)


def linear(module, weight, bias=None):
    with torch.no_grad():
        module.weight.copy_(weight.T)
        if module.bias is not None:
            module.bias.copy_(torch.zeros_like(module.bias) if bias is None else bias)


def torch_layer(w, n_heads, decoder):
    """torch's own encoder or decoder layer, with these weights."""
    kind = w["W_1"].dtype
    make = nn.TransformerDecoderLayer if decoder else nn.TransformerEncoderLayer
    layer = make(D, n_heads, w["W_1"].shape[1], dropout=0.0, batch_first=True, dtype=kind).eval()
    attentions = [(layer.self_attn, "W"), (layer.multihead_attn, "C")] if decoder else [(layer.self_attn, "W")]
    with torch.no_grad():
        for attention, letter in attentions:
            attention.in_proj_weight.copy_(torch.cat([w[f"{letter}_{role}"].T for role in "qkv"]))
            attention.in_proj_bias.zero_()
            linear(attention.out_proj, w[f"{letter}_o"])
        linear(layer.linear1, w["W_1"], w["b_1"])
        linear(layer.linear2, w["W_2"], w["b_2"])
        for i in range(1, 4 if decoder else 3):
            norm = getattr(layer, f"norm{i}")
            norm.weight.copy_(w[f"gamma_{i}"])
            norm.bias.copy_(w[f"beta_{i}"])
    return layer


def torch_embed(ids, table):
    """Embeddings and positions by the formula, in float64."""
    T, d = ids.shape[1], table.shape[1]
    column = torch.arange(d, dtype=torch.float64)
    angle = torch.arange(T, dtype=torch.float64)[:, None] * torch.exp(
        -(column - column % 2) / d * torch.tensor(1e4).double().log()
    )
    places = torch.where(column % 2 == 0, angle.sin(), angle.cos())
    return (F.embedding(ids, table).double() * d**0.5 + places).to(table.dtype)


def torch_encode(src, weights, pad):
    x = torch_embed(src, weights["E_src"])
    for w in weights["encoder"]:
        x = torch_layer(w, HEADS, False)(x, src_key_padding_mask=src == pad)
    return x.detach()


def torch_decoder(weights):
    return [torch_layer(w, HEADS, True) for w in weights["decoder"]]


def torch_decode(tgt, memory, hidden, weights, layers):
    y = torch_embed(tgt, weights["E_tgt"])
    future = torch.ones(tgt.shape[1], tgt.shape[1]).triu(1).bool()
    for layer in layers:
        y = layer(y, memory, tgt_mask=future, memory_key_padding_mask=hidden)
    return (y @ weights["W_out"] + weights["b_out"]).detach()


def tensor(value, dims, kind=torch.float32, *, en, fr):
    """The student's result, once it is known to be a tensor of this shape and dtype, without NaN."""
    shape(value, dims, en=en, fr=fr)
    dtype(value, kind, en=en, fr=fr)
    finite(value, en=en, fr=fr)
    return value


# What goes in


@pytest.mark.group("inputs")
def test_causal_mask(student, draw):
    for T in (draw.integer(4, 7), 2, 1):
        mask = student.causal_mask(T)
        shape(mask, (T, T), en="causal_mask", fr="causal_mask")
        dtype(mask, torch.bool, en="causal_mask", fr="causal_mask")
        place = torch.arange(T)
        expect(
            bool(mask.diagonal().all()),
            en="the diagonal of causal_mask: a position cannot look at itself",
            fr="la diagonale de causal_mask : une position ne peut pas se regarder elle-même",
        )
        same(mask, place[None, :] <= place[:, None], en="causal_mask", fr="causal_mask")


@pytest.mark.group("inputs")
def test_pad_mask(student, draw):
    for pad in (0, draw.integer(2, 6)):
        ids = draw.integers(0, 8, 4, 3).T  # not contiguous, and padding anywhere: the mask looks at ids alone
        ids = torch.cat([ids, torch.full((3, 1), pad), torch.zeros(3, 1, dtype=torch.int64)], dim=1)
        mask = student.pad_mask(ids, pad)
        shape(mask, (3, 1, 1, 6), en="pad_mask", fr="pad_mask")
        dtype(mask, torch.bool, en="pad_mask", fr="pad_mask")
        same(
            mask[:, 0, 0],
            ids != pad,
            en="pad_mask (True on what is not padding, whatever the id of padding is)",
            fr="pad_mask (True sur ce qui n'est pas du padding, quel que soit l'id du padding)",
        )


@pytest.mark.group("inputs")
def test_embed(student, reference, draw):
    for d, T in ((8, 5), (5, 3), (6, 1)):
        table, ids = draw.normal(V, d), draw.integers(0, V, T, 2).T
        out = tensor(student.embed(ids, table), (2, T, d), en="embed", fr="embed")
        close(
            out - student.embed(ids, torch.zeros(V, d)),
            F.embedding(ids, table) * d**0.5,
            FLOAT32,
            en="what a row of the table becomes in embed, positions apart",
            fr="ce que devient une ligne de la table dans embed, positions mises à part",
        )
        close(out, reference.embed(ids, table), FLOAT32, en="embed", fr="embed")
        close(out, torch_embed(ids, table), FLOAT32, en="embed", fr="embed")
    table = draw.normal(V, 4, dtype=torch.float64)
    dtype(student.embed(ids, table), torch.float64, en="embed of a float64 table", fr="embed d'une table float64")


# The decoder layer


@pytest.mark.group("decoder-layer")
def test_layer_values(student, reference, draw):
    for T, S, n_heads in ((4, 5, HEADS), (1, 3, HEADS), (3, 1, 1), (3, 3, D)):
        w, y, memory = layer_of(draw, "WC", 3), draw.normal(2, T, D), draw.normal(2, S, D, scale=2.0)
        en, fr = "output of the decoder layer", "la sortie de la couche de décodeur"
        out = tensor(student.decoder_layer(y, memory, w, n_heads), (2, T, D), en=en, fr=fr)
        close(out, reference.decoder_layer(y, memory, w, n_heads), STACK, en=en, fr=fr)
        close(out, torch_layer(w, n_heads, True)(y, memory), STACK, en=en, fr=fr)


@pytest.mark.group("decoder-layer")
def test_each_sublayer_has_its_addition_and_its_norm(student, draw):
    w, y, memory = layer_of(draw, "WC", 3), draw.normal(2, 3, D), draw.normal(2, 4, D)
    nothing = {"W_o": torch.zeros(D, D), "C_o": torch.zeros(D, D), "W_2": torch.zeros(D_FF, D), "b_2": torch.zeros(D)}
    want = y
    for i in (1, 2, 3):
        want = F.layer_norm(want, (D,), w[f"gamma_{i}"], w[f"beta_{i}"])
    close(
        student.decoder_layer(y, memory, w | nothing, HEADS),
        want,
        STACK,
        en="decoder layer whose three sublayers answer 0 (what is left are the three norms, in order)",
        fr="la couche de décodeur dont les trois sous-couches répondent 0 (il reste les trois normalisations, dans l'ordre)",
    )


@pytest.mark.group("decoder-layer")
def test_layer_in_float64_on_rows_of_any_layout(student, reference, draw):
    w, y, memory = (
        layer_of(draw, "WC", 3, torch.float64),
        draw.normal(2, D, 4, dtype=torch.float64).transpose(1, 2),
        draw.normal(5, 2, D, dtype=torch.float64).transpose(0, 1),
    )
    en, fr = "decoder layer in float64", "la couche de décodeur en float64"
    out = tensor(student.decoder_layer(y, memory, w, HEADS), (2, 4, D), torch.float64, en=en, fr=fr)
    close(out, reference.decoder_layer(y, memory, w, HEADS), STACK, en=en, fr=fr)


def mask_of(draw, *dims):
    """A random mask in which every query sees something and not everything."""
    mask = draw.mask(*dims, keep=0.5)
    first, last = torch.tensor([True, False]), torch.tensor([False, True])
    mask[..., :2] = torch.where(draw.mask(*dims[:-1], 1), first, last)
    return mask


@pytest.mark.group("layer-masks")
def test_each_mask_goes_to_its_attention(student, reference, draw):
    B, T, S = 2, 4, 5
    w, y, memory = layer_of(draw, "WC", 3), draw.normal(B, T, D), draw.normal(B, S, D)
    own, cross = mask_of(draw, B, 1, T, T), mask_of(draw, B, 1, 1, S)
    for self_mask, cross_mask, en, fr in (
        (own, None, "under self_mask alone", "sous self_mask seul"),
        (None, cross, "under cross_mask alone", "sous cross_mask seul"),
        (own, cross, "under both masks", "sous les deux masques"),
        (
            torch.ones(T, T).tril().bool(),
            mask_of(draw, T, S),
            "under two-dimensional masks",
            "sous des masques à deux dimensions",
        ),
    ):
        en, fr = f"decoder layer {en}", f"la couche de décodeur {fr}"
        out = tensor(student.decoder_layer(y, memory, w, HEADS, self_mask, cross_mask), (B, T, D), en=en, fr=fr)
        close(out, reference.decoder_layer(y, memory, w, HEADS, self_mask, cross_mask), STACK, en=en, fr=fr)
        hidden = [
            None if mask is None else (~mask).expand(B, HEADS, T, keys).flatten(0, 1)
            for mask, keys in ((self_mask, T), (cross_mask, S))
        ]
        close(out, torch_layer(w, HEADS, True)(y, memory, *hidden), STACK, en=en, fr=fr)


@pytest.mark.group("layer-masks")
def test_a_mask_per_head(student, reference, draw):
    B, T, S = 2, 4, 4  # equal, so that masks that change places show in the values and not as an error
    w, y, memory = layer_of(draw, "WC", 3), draw.normal(B, T, D), draw.normal(B, S, D)
    own, cross = mask_of(draw, B, HEADS, T, T), mask_of(draw, B, HEADS, T, S)
    close(
        student.decoder_layer(y, memory, w, HEADS, own, cross),
        reference.decoder_layer(y, memory, w, HEADS, own, cross),
        STACK,
        en="decoder layer under masks that differ from head to head",
        fr="la couche de décodeur sous des masques qui diffèrent d'une tête à l'autre",
    )


# The encoder


def reading(student, reference):
    return student.using(pad_mask=reference.pad_mask, embed=reference.embed)


def memory_of(student, src, weights, pad=SOURCE_PAD):
    return tensor(
        student.encode(src, weights, HEADS, pad),
        (*src.shape, D),
        weights["E_src"].dtype,
        en="memory",
        fr="memory",
    )


@pytest.mark.group("encode")
def test_memory_matches_reference_and_torch(student, reference, draw):
    student = reading(student, reference)
    weights, src = model_of(draw, decoder=0), words(draw, V_SRC, SOURCE_PAD, 5, 2, 1, width=5)
    memory, real = memory_of(student, src, weights), src != SOURCE_PAD
    right = reference.encode(src, weights, HEADS, SOURCE_PAD)
    for number in (0, 1):
        close(
            memory[number][real[number]],
            right[number][real[number]],
            STACK,
            en="memory of a sentence without padding"
            if number == 0
            else "memory of the real tokens of a padded sentence",
            fr="memory d'une phrase sans padding" if number == 0 else "memory des vrais tokens d'une phrase complétée",
        )
    close(memory[real], torch_encode(src, weights, SOURCE_PAD)[real], STACK, en="memory", fr="memory")


@pytest.mark.group("encode")
def test_longer_padding_changes_nothing(student, reference, draw):
    student = reading(student, reference)
    weights, src = model_of(draw, decoder=0), words(draw, V_SRC, SOURCE_PAD, 3, 2, width=3)
    longer = torch.cat([src, torch.full((2, 2), SOURCE_PAD)], dim=1)
    real = src != SOURCE_PAD
    close(
        memory_of(student, longer, weights)[:, :3][real],
        memory_of(student, src, weights)[real],
        STACK,
        en="memory of the real tokens once the sentences were padded further",
        fr="memory des vrais tokens une fois les phrases complétées davantage",
    )


@pytest.mark.group("encode")
def test_any_number_of_layers(student, reference, draw):
    student = reading(student, reference)
    for layers in (0, 1, 3):
        weights, src = model_of(draw, layers, 0), words(draw, V_SRC, 0, 4, 4, width=4)
        close(
            memory_of(student, src, weights, pad=0),
            reference.encode(src, weights, HEADS, 0),
            STACK,
            en=f"memory of an encoder of {layers} layer(s)",
            fr=f"memory d'un encodeur de {layers} couche(s)",
        )


# The decoder


def writing(student, reference):
    names = ("causal_mask", "pad_mask", "embed", "decoder_layer")
    return student.using(**{name: getattr(reference, name) for name in names})


def logits_of(student, tgt, memory, seen, weights, pad=PAD):
    return tensor(
        student.decode(tgt, memory, seen, weights, HEADS, pad),
        (*tgt.shape, V),
        memory.dtype,
        en="logits (one row per token of the target)",
        fr="les logits (une ligne par token de la cible)",
    )


def seen_of(*lengths, width):
    return (torch.arange(width) < torch.tensor(lengths)[:, None])[:, None, None]


@pytest.mark.group("decode")
def test_logits_match_reference_and_torch(student, reference, draw):
    student = writing(student, reference)
    weights, memory, seen = model_of(draw, encoder=0), draw.normal(3, 5, D), seen_of(5, 2, 4, width=5)
    tgt = words(draw, V, PAD, 4, 4, 2, width=4)
    real = tgt != PAD
    logits = logits_of(student, tgt, memory, seen, weights)
    right = reference.decode(tgt, memory, seen, weights, HEADS, PAD)
    close(logits[:2], right[:2], STACK, en="logits", fr="les logits")
    close(
        logits[real],
        right[real],
        STACK,
        en="logits of the real tokens of a padded target",
        fr="les logits des vrais tokens d'une cible complétée",
    )
    again = torch_decode(tgt, memory, ~seen[:, 0, 0], weights, torch_decoder(weights))
    close(logits[real], again[real], STACK, en="logits", fr="les logits")


@pytest.mark.group("decode")
def test_no_answer_sees_the_future(student, reference, draw):
    student = writing(student, reference)
    weights, memory, seen = model_of(draw, encoder=0), draw.normal(2, 3, D), seen_of(3, 3, width=3)
    tgt = words(draw, V, PAD, 5, 5, width=5)
    logits = logits_of(student, tgt, memory, seen, weights)
    for place in (4, 2):
        changed = tgt.clone()
        changed[:, place] = words(draw, V, PAD, 1, 1, width=1)[:, 0]
        close(
            logits_of(student, changed, memory, seen, weights)[:, :place],
            logits[:, :place],
            STACK,
            en="logits before a token of the target that was changed (an answer may not see the tokens after it)",
            fr="les logits avant un token changé de la cible (une réponse ne doit pas voir les tokens qui la suivent)",
        )


@pytest.mark.group("decode")
def test_padding_of_the_source_is_not_seen(student, reference, draw):
    student = writing(student, reference)
    weights, memory, tgt = model_of(draw, encoder=0), draw.normal(2, 4, D), words(draw, V, PAD, 3, 3, width=3)
    seen = seen_of(2, 3, width=4)
    other = torch.where(seen[:, 0, 0, :, None], memory, draw.normal(2, 4, D, scale=3.0))
    close(
        logits_of(student, tgt, other, seen, weights),
        logits_of(student, tgt, memory, seen, weights),
        STACK,
        en="logits when only padding positions of memory change (source_mask hides them)",
        fr="les logits quand seules changent des positions de padding de memory (source_mask les cache)",
    )


@pytest.mark.group("decode")
def test_any_number_of_layers_and_a_single_token(student, reference, draw):
    student = writing(student, reference)
    for layers, T in ((0, 4), (1, 1), (3, 3)):
        weights, memory, seen = model_of(draw, 0, layers), draw.normal(2, 2, D), seen_of(2, 1, width=2)
        tgt = words(draw, V, PAD, T, T, width=T)
        close(
            logits_of(student, tgt, memory, seen, weights),
            reference.decode(tgt, memory, seen, weights, HEADS, PAD),
            STACK,
            en=f"logits of a decoder of {layers} layer(s)",
            fr=f"les logits d'un décodeur de {layers} couche(s)",
        )


# Greedy generation: in float64, so that no two logits are equal by rounding


def generating(student, reference):
    names = ("pad_mask", "encode", "decode")
    return student.using(**{name: getattr(reference, name) for name in names})


def lively(reference, draw):
    """A model, its source and an `eos` at which the sentences of the batch end at different steps; the last of 40 if none does."""
    for _ in range(40):
        weights = model_of(draw, 1, 1, torch.float64)
        weights |= {"E_tgt": 3 * weights["E_tgt"], "W_out": 4 * weights["W_out"]}
        weights["b_out"][SOURCE_PAD] = -400.0
        src, bos = words(draw, V_SRC, SOURCE_PAD, 4, 2, 3, width=4), draw.choice([0, 1])
        rows = reference.generate(src, weights, HEADS, bos, V, SOURCE_PAD, 5)
        for eos in sorted({token for row in rows for token in row} - {bos}):
            ends = {row.index(eos) if eos in row else 5 for row in rows}
            if len(ends) > 1 and any(len({*row}) > 2 for row in rows):
                return weights, src, bos, eos
    return weights, src, bos, eos


def oracle(src, weights, bos, eos, max_len):
    """Each sentence alone, without padding, through torch's own layers."""
    answers, layers = [], torch_decoder(weights)
    for sentence in src:
        source = sentence[sentence != SOURCE_PAD][None]
        memory, ids = torch_encode(source, weights, SOURCE_PAD), [bos]
        while len(ids) <= max_len:
            hidden = torch.zeros(source.shape, dtype=torch.bool)
            token = int(torch_decode(torch.tensor([ids]), memory, hidden, weights, layers)[0, -1].argmax())
            if token == eos:
                break
            ids.append(token)
        answers.append(ids[1:])
    return answers


@pytest.mark.group("generation")
def test_matches_reference_and_torch(student, reference, draw):
    student = generating(student, reference)
    weights, src, bos, eos = lively(reference, draw)
    for limit, right in (
        (5, reference.generate(src, weights, HEADS, bos, eos, SOURCE_PAD, 5)),
        (3, oracle(src, weights, bos, eos, 3)),
    ):
        written = student.generate(src, weights, HEADS, bos, eos, SOURCE_PAD, limit)
        same(written, right, en="tokens written", fr="les tokens écrits")


def chain_of(order):
    """A model without layers in which token order[i] leads to order[i + 1], and the last one to itself."""
    n = len(order)
    leads = torch.zeros(n, n, dtype=torch.float64)
    for now, after in zip(order, [*order[1:], order[-1]], strict=True):
        leads[now, after] = 1.0
    weights = {"E_src": torch.zeros(3, n, dtype=torch.float64), "E_tgt": 50 * torch.eye(n, dtype=torch.float64)}
    return weights | {"encoder": [], "decoder": [], "W_out": leads, "b_out": torch.zeros(n, dtype=torch.float64)}


@pytest.mark.group("generation")
def test_each_token_written_is_read_next(student, reference, draw):
    student, order = generating(student, reference), draw.sample(range(8), 8)
    src = torch.tensor([[0, 1], [1, 2]])
    for start, end, limit in ((0, 7, 20), (2, 5, 9), (1, 7, 6)):
        same(
            student.generate(src, chain_of(order), 1, order[start], order[end], 2, limit),
            [order[start + 1 : end]] * 2,
            en="tokens written, when each token decides the next",
            fr="les tokens écrits, quand chaque token décide du suivant",
        )


@pytest.mark.group("generation")
def test_positions_go_on_from_step_to_step(student, reference, draw):
    order, steps = draw.sample(range(8), 8), 5
    blank = torch.zeros(8, 8, dtype=torch.float64)
    places = reference.embed(torch.zeros(1, steps, dtype=torch.int64), blank)[0]
    weights = {"E_src": blank, "encoder": [], "E_tgt": blank, "decoder": [], "b_out": blank[0]}
    weights |= {"W_out": torch.linalg.pinv(places) @ torch.eye(8, dtype=torch.float64)[order[:steps]]}
    same(
        generating(student, reference).generate(torch.tensor([[0], [1]]), weights, 1, 0, order[7], 5, steps),
        [order[:steps]] * 2,
        en="tokens written, when their place alone decides (the decoder reads all that is written, each token at its place)",
        fr="les tokens écrits, quand leur place seule décide (le décodeur lit tout ce qui est écrit, chaque token à sa place)",
    )


def echo():
    """A model that writes the token its source is made of, over and over; padding in view (id 4) would make it write 3."""
    layer = {f"{letter}_{role}": torch.zeros(4, 4).double() for letter in "WC" for role in "qkvo"}
    layer |= {"C_v": torch.eye(4).double(), "C_o": torch.eye(4).double()}
    layer |= {"W_1": torch.zeros(4, 2).double(), "b_1": torch.zeros(2).double()}
    layer |= {"W_2": torch.zeros(2, 4).double(), "b_2": torch.zeros(4).double()}
    layer |= {f"gamma_{i}": torch.ones(4).double() for i in (1, 2, 3)}
    layer |= {f"beta_{i}": torch.zeros(4).double() for i in (1, 2, 3)}
    rows = torch.cat([50 * torch.eye(4), torch.tensor([[0.0, 0.0, 0.0, 5000.0]])]).double()
    weights = {"E_src": rows, "encoder": [], "E_tgt": torch.zeros(4, 4).double(), "decoder": [layer]}
    return weights | {"W_out": torch.eye(4).double(), "b_out": torch.zeros(4).double()}


@pytest.mark.group("generation")
def test_each_sentence_has_its_own_source_and_its_own_end(student, reference, draw):
    a, b, c = draw.sample(range(3), 3)
    src = torch.tensor([[a, a, 4], [b, b, b], [c, 4, 4]])
    for eos, want in ((a, [[], [b] * 3, [c] * 3]), (c, [[a] * 3, [b] * 3, []]), (3, [[a] * 3, [b] * 3, [c] * 3])):
        same(
            generating(student, reference).generate(src, echo(), 1, 3, eos, 4, 3),
            want,
            en="tokens written by sentences of different sources, one of which may end at once",
            fr="les tokens écrits par des phrases de sources différentes, dont l'une peut finir aussitôt",
        )


@pytest.mark.group("generation")
def test_limits_of_length_and_equal_logits(student, reference, draw):
    student, src = generating(student, reference), torch.tensor([[0, 1], [1, 2]])
    weights = chain_of(list(range(5)))
    weights |= {"W_out": torch.zeros(5, 5).double(), "b_out": torch.tensor([0.0, 1.0, 0.0, 1.0, 1.0]).double()}
    for limit in (4, 1, 0):
        same(
            student.generate(src, weights, 1, 0, 3, 2, limit),
            [[1] * limit] * 2,
            en="tokens written when the sentence never ends and several logits are the greatest",
            fr="les tokens écrits quand la phrase ne finit jamais et que plusieurs logits sont les plus grands",
        )
    same(
        student.generate(src, weights, 1, 0, 1, 2, 4),
        [[], []],
        en="tokens written when </s> comes first",
        fr="les tokens écrits quand </s> vient en premier",
    )
    order = draw.sample(range(6), 6)
    same(
        student.generate(src, chain_of(order), 1, order[0], order[0], 2, 3),
        [order[1:4]] * 2,
        en="tokens written when <s> and </s> are the same token (the one at the start ends nothing)",
        fr="les tokens écrits quand <s> et </s> sont le même token (celui du début ne finit rien)",
    )


# Invariants


@pytest.mark.group("invariants")
def test_inputs_are_left_alone(student, reference, draw):
    # As many tokens of target as of source: what is wrong with the shape of a mask is said elsewhere.
    student = student.using(causal_mask=reference.causal_mask, pad_mask=reference.pad_mask)
    weights, memory = model_of(draw, 1, 1), draw.normal(2, 4, D)
    src, tgt = words(draw, V_SRC, SOURCE_PAD, 4, 2, width=4), words(draw, V, PAD, 4, 4, width=4)
    seen = seen_of(4, 2, width=4)
    own, layer = torch.ones(4, 4, dtype=torch.bool).tril(), weights["decoder"][0]
    calls = {
        "embed": (tgt, weights["E_tgt"]),
        "decoder_layer": (draw.normal(2, 4, D), memory, layer, HEADS, own, seen),
        "encode": (src, weights, HEADS, SOURCE_PAD),
        "decode": (tgt, memory, seen, weights, HEADS, PAD),
    }
    for name, arguments in calls.items():
        unchanged(getattr(student, name), *arguments, en=name, fr=name)
    writer = generating(student, reference)
    unchanged(writer.generate, src, weights, HEADS, 0, 1, SOURCE_PAD, 2, en="generate", fr="generate")


def moved(value, direction, by):
    if isinstance(value, dict):
        return {name: moved(each, direction[name], by) for name, each in value.items()}
    if isinstance(value, list):
        return [moved(each, way, by) for each, way in zip(value, direction, strict=True)]
    return value + by * direction


def directions(draw, value):
    if isinstance(value, dict):
        return {name: directions(draw, each) for name, each in value.items()}
    if isinstance(value, list):
        return [directions(draw, each) for each in value]
    return draw.normal(*value.shape, dtype=torch.float64)


def along(gradient, direction):
    """A gradient's part along a direction; None counts as 0."""
    if isinstance(direction, dict):
        return sum(along(gradient[name], way) for name, way in direction.items())
    if isinstance(direction, list):
        return sum((along(each, way) for each, way in zip(gradient, direction, strict=True)), torch.zeros(()).double())
    return torch.zeros((), dtype=torch.float64) if gradient is None else (gradient * direction).sum()


def follows_its_slope(function, arguments, places, draw, name):
    """The student's gradient against the slope of the student's own function: what is wrong elsewhere costs nothing."""
    ways, results = {place: directions(draw, arguments[place]) for place in places}, []
    for by in (1e-8, -1e-8):
        near = [moved(each, ways[place], by) if place in ways else each for place, each in enumerate(arguments)]
        result = function(*near)
        finite(result, en=name, fr=name)
        dtype(result, torch.float64, en=f"{name} of float64 weights", fr=f"{name} pour des poids float64")
        results.append(result)
    expect(
        results[0].shape == results[1].shape and results[0].dim() > 0,
        en=f"{name} gives a tensor",
        fr=f"{name} donne un tenseur",
    )
    upstream = draw.normal(*results[0].shape, dtype=torch.float64)
    found = gradients(function, *arguments, wrt=places, weights=upstream)
    close(
        sum(along(gradient, ways[place]) for place, gradient in zip(places, found, strict=True)),
        ((results[0] - results[1]) * upstream).sum() / 2e-8,
        SLOPE,
        en=f"gradient of {name}, against the slope of your own function",
        fr=f"le gradient de {name}, comparé à la pente de votre propre fonction",
    )


@pytest.mark.group("invariants")
def test_gradients_reach_memory_and_every_weight(student, reference, draw):
    student = student.using(causal_mask=reference.causal_mask, pad_mask=reference.pad_mask)
    weights, memory = model_of(draw, kind=torch.float64), draw.normal(2, 4, D, dtype=torch.float64)
    src, tgt = words(draw, V_SRC, SOURCE_PAD, 4, 4, width=4), words(draw, V, PAD, 4, 4, width=4)
    y, layer, seen = draw.normal(2, 4, D, dtype=torch.float64), weights["decoder"][0], seen_of(4, 3, width=4)
    reads = {"E_src": weights["E_src"], "encoder": weights["encoder"]}
    writes = {name: weights[name] for name in ("E_tgt", "decoder", "W_out", "b_out")}
    for function, arguments, places, name in (
        (student.embed, (tgt, weights["E_tgt"]), (1,), "embed"),
        (student.decoder_layer, (y, memory, layer, HEADS), (0, 1, 2), "decoder_layer"),
        (student.encode, (src, reads, HEADS, SOURCE_PAD), (1,), "encode"),
        (student.decode, (tgt, memory, seen, writes, HEADS, PAD), (1, 3), "decode"),
    ):
        follows_its_slope(function, arguments, places, draw, name)
