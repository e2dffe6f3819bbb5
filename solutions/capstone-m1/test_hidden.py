"""Hidden suite of `capstone-m1`.

Covers the logits of the three models against the reference, against torch's own layers and formulas written out; the
loss, and a few training steps, number for number; greedy translation; and what two models learn when the student's own
code trains them on sentences drawn here. Does not cover how well the plain model learns: it hardly does.
"""

import math
import sys
from pathlib import Path

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
    parts,
    same,
    shape,
    unchanged,
)

sys.path.insert(0, str(Path(__file__).parents[2] / "course" / "data"))
from translation import sentences

STEPWISE = Tolerance(1e-6, 1e-6, "float64 through six steps of Adam, which divides by gradients that may be near 0")

V_SRC, V = 7, 6
SMALL = {"D": 4, "H": 5, "A": 3, "d": 8, "d_ff": 6}
LEARNERS = {  # steps, least share of translations without a fault, least share of weights in place, words beyond gold
    "additive": (400, 0.60, 0.60, 1),  # its encoder reads on: the state after a word holds that word too
    "transformer": (300, 0.70, 0.75, 0),
}
LEARNED, UNSEEN = 2500, 200


def jolted(draw, params, kind):
    """The same dicts and lists with numbers of this dtype in place of each tensor's, biases and gammas too."""
    if isinstance(params, dict):
        return {name: jolted(draw, part, kind) for name, part in params.items()}
    if isinstance(params, list):
        return [jolted(draw, part, kind) for part in params]
    return params.to(kind) + draw.normal(*params.shape, dtype=kind, scale=0.5)


def model_of(draw, reference, kind, number=torch.float32):
    """Random weights of a small model; a Transformer has two layers in each stack, all different."""
    params = reference.fresh_params(kind, V_SRC, V, **SMALL)
    if kind == "transformer":
        params = {name: 2 * part if isinstance(part, list) else part for name, part in params.items()}
    return jolted(draw, params, number)


def words(draw, vocabulary, lengths, width, first=()):
    """int64[B, width]: `first`, then random ids that are not special, then padding after the first `lengths[b]`."""
    ids = draw.integers(3, vocabulary, len(lengths), width)
    for place, token in enumerate(first):
        ids[:, place] = token
    return ids.masked_fill(torch.arange(width) >= torch.tensor(lengths)[:, None], 0)


def tensor(value, dims, kind=torch.float32, *, en, fr):
    """The student's result, once it is known to be a tensor of this shape and dtype, without NaN."""
    shape(value, dims, en=en, fr=fr)
    dtype(value, kind, en=en, fr=fr)
    finite(value, en=en, fr=fr)
    return value


def both(result, B, T, S, kind=torch.float32):
    """(logits, weights) of the right shapes."""
    logits, weights = parts(result, 2, en="(logits, weights)", fr="(logits, weights)")
    tensor(logits, (B, T, V), kind, en="logits", fr="les logits")
    tensor(weights, (B, T, S), kind, en="weights", fr="les poids")
    return logits, weights


# The plain encoder-decoder


def recurrent(x, W, U, b, first):
    """torch's own network over one sentence x [T, D]; returns the states [T, H]."""
    network = nn.RNN(W.shape[1], W.shape[0], batch_first=True, dtype=x.dtype)
    with torch.no_grad():
        network.weight_ih_l0.copy_(W)
        network.weight_hh_l0.copy_(U)
        network.bias_ih_l0.copy_(b)
        network.bias_hh_l0.zero_()
        return network(x[None], first[None, None])[0][0]


def source_states(src, p):
    return recurrent(p["E_src"][src[src != 0]], p["W_enc"], p["U_enc"], p["b_enc"], torch.zeros_like(p["b_enc"]))


@pytest.mark.group("plain")
def test_plain_logits(student, reference, draw):
    for lengths, S, T in (((5, 3, 1), 5, 4), ((2, 2, 1), 4, 1)):
        p, src = model_of(draw, reference, "plain"), words(draw, V_SRC, lengths, S)
        read = words(draw, V, (T, T, max(T - 1, 1)), T, first=(1,))
        right = reference.plain_logits(src, read, p)
        logits = tensor(student.plain_logits(src, read, p), (3, T, V), en="logits", fr="les logits")
        real = read != 0
        close(logits[:1], right[:1], FLOAT32, en="logits of the first sentence", fr="les logits de la première phrase")
        close(
            logits[real],
            right[real],
            FLOAT32,
            en="logits of a batch with padded sources",
            fr="les logits d'un batch aux sources complétées",
        )
        for b in range(3):
            states = recurrent(p["E_tgt"][read[b]], p["W_dec"], p["U_dec"], p["b_dec"], source_states(src[b], p)[-1])
            want = states @ p["W_out"].T + p["b_out"]
            close(
                logits[b][real[b]],
                want[real[b]],
                FLOAT32,
                en="logits against torch's own recurrent network",
                fr="les logits comparés au réseau récurrent de torch",
            )


@pytest.mark.group("plain")
def test_plain_inputs_stay_and_float64_too(student, reference, draw):
    p = model_of(draw, reference, "plain", torch.float64)
    src, read = words(draw, V_SRC, (3, 2), 3), words(draw, V, (2, 2), 2, first=(1,))
    logits = unchanged(student.plain_logits, src, read, p, en="plain_logits", fr="plain_logits")
    tensor(logits, (2, 2, V), torch.float64, en="logits in float64", fr="les logits en float64")


# With additive attention


def looked_by_hand(src, read, p):
    """Logits [T, V] and weights [T, S] of one sentence, number by number."""
    real = int((src != 0).sum())
    states = source_states(src, p)
    s, logits, weights = states[-1], [], torch.zeros(len(read), len(src))
    for t, y in enumerate(read):
        scores = [float(p["v_a"] @ torch.tanh(p["W_a"] @ torch.cat([s, states[j]]))) for j in range(real)]
        total = sum(math.exp(score) for score in scores)
        weights[t, :real] = torch.tensor([math.exp(score) / total for score in scores])
        x = torch.cat([p["E_tgt"][y], weights[t, :real] @ states])
        s = torch.tanh(p["W_dec"] @ x + p["U_dec"] @ s + p["b_dec"])
        logits.append(p["W_out"] @ s + p["b_out"])
    return torch.stack(logits), weights


@pytest.mark.group("additive")
def test_additive_logits_and_weights(student, reference, draw):
    for lengths, S, T in (((5, 3, 1), 5, 4), ((2, 3, 1), 4, 1)):
        p, src = model_of(draw, reference, "additive"), words(draw, V_SRC, lengths, S)
        read = words(draw, V, (T, T, T), T, first=(1,))
        right = reference.additive_logits(src, read, p)
        logits, weights = both(student.additive_logits(src, read, p), 3, T, S)
        close(
            weights.sum(dim=2),
            torch.ones(3, T),
            FLOAT32,
            en="sums of the weights over the source",
            fr="les sommes des poids sur la source",
        )
        same(
            weights[(src == 0)[:, None].expand(3, T, S)],
            torch.zeros(T * int((src == 0).sum())),
            en="weights of padding",
            fr="les poids du padding",
        )
        close(weights, right[1], FLOAT32, en="additive weights", fr="les poids additifs", picture=True)
        close(logits, right[0], FLOAT32, en="logits with attention", fr="les logits avec attention")
        for b in range(3):
            by_hand = looked_by_hand(src[b], read[b], p)
            close(weights[b], by_hand[1], FLOAT32, en="weights by the formula", fr="les poids selon la formule")
            close(logits[b], by_hand[0], STACK, en="logits by the formula", fr="les logits selon la formule")


@pytest.mark.group("additive")
def test_additive_inputs_stay_and_float64_too(student, reference, draw):
    p = model_of(draw, reference, "additive", torch.float64)
    src, read = words(draw, V_SRC, (3, 2), 3), words(draw, V, (2, 2), 2, first=(1,))
    both(
        unchanged(student.additive_logits, src, read, p, en="additive_logits", fr="additive_logits"),
        2,
        2,
        3,
        torch.float64,
    )


# The Transformer


def torch_layer(w, kind):
    """torch's own layer with these weights, post-norm; `kind` is "encoder" or "decoder"."""
    d, d_ff = w["W_1"].shape
    make = nn.TransformerEncoderLayer if kind == "encoder" else nn.TransformerDecoderLayer
    layer = make(d, 4, d_ff, dropout=0.0, batch_first=True)
    with torch.no_grad():
        for letter, attention in {"W": layer.self_attn, "C": getattr(layer, "multihead_attn", None)}.items():
            if attention is not None:
                attention.in_proj_weight.copy_(torch.cat([w[f"{letter}_{role}"].T for role in "qkv"]))
                attention.in_proj_bias.zero_()
                attention.out_proj.weight.copy_(w[f"{letter}_o"].T)
                attention.out_proj.bias.zero_()
        for i, linear in ((1, layer.linear1), (2, layer.linear2)):
            linear.weight.copy_(w[f"W_{i}"].T)
            linear.bias.copy_(w[f"b_{i}"])
        for i in range(1, 3 if kind == "encoder" else 4):
            getattr(layer, f"norm{i}").weight.copy_(w[f"gamma_{i}"])
            getattr(layer, f"norm{i}").bias.copy_(w[f"beta_{i}"])
    return layer


def placed(ids, table):
    """Embeddings with their positions, from the formula."""
    d = table.shape[1]
    rows = [[pos / 10_000 ** (2 * (c // 2) / d) for c in range(d)] for pos in range(ids.shape[1])]
    waves = [[math.cos(a) if c % 2 else math.sin(a) for c, a in enumerate(row)] for row in rows]
    return F.embedding(ids, table) * math.sqrt(d) + torch.tensor(waves)


@torch.no_grad()
def torch_transformer(src, read, p):
    x, y = placed(src, p["E_src"]), placed(read, p["E_tgt"])
    for w in p["encoder"]:
        x = torch_layer(w, "encoder")(x, src_key_padding_mask=src == 0)
    future = torch.ones(read.shape[1], read.shape[1]).triu(1).bool()
    for w in p["decoder"]:
        layer = torch_layer(w, "decoder")
        asking = layer.norm1(y + layer.self_attn(y, y, y, attn_mask=future)[0])
        weights = layer.multihead_attn(asking, x, x, key_padding_mask=src == 0)[1]
        y = layer(y, x, tgt_mask=future, memory_key_padding_mask=src == 0)
    return y @ p["W_out"] + p["b_out"], weights


@pytest.mark.group("transformer")
def test_transformer_logits_and_weights(student, reference, draw):
    for lengths, S, T in (((5, 3, 1), 5, 4), ((2, 3, 1), 4, 1)):
        p, src = model_of(draw, reference, "transformer"), words(draw, V_SRC, lengths, S)
        read = words(draw, V, (T, T, max(T - 2, 1)), T, first=(1,))
        real = read != 0
        logits, weights = both(student.transformer_logits(src, read, p), 3, T, S)
        close(
            weights.sum(dim=2)[real],
            torch.ones(int(real.sum())),
            FLOAT32,
            en="sums of the weights over the source",
            fr="les sommes des poids sur la source",
        )
        for right in (reference.transformer_logits(src, read, p), torch_transformer(src, read, p)):
            close(logits[real], right[0][real], STACK, en="logits of the Transformer", fr="les logits du Transformer")
            close(
                weights[real],
                right[1][real],
                STACK,
                en="weights of the last cross-attention, averaged over the heads",
                fr="les poids de la dernière attention croisée, moyennés sur les têtes",
            )


@pytest.mark.group("transformer")
def test_transformer_inputs_stay_and_float64_too(student, reference, draw):
    p = model_of(draw, reference, "transformer", torch.float64)
    src, read = words(draw, V_SRC, (3, 2), 3), words(draw, V, (2, 2), 2, first=(1,))
    result = unchanged(student.transformer_logits, src, read, p, en="transformer_logits", fr="transformer_logits")
    both(result, 2, 2, 3, torch.float64)


# The loss and the training step


@pytest.mark.group("training")
def test_loss_of_a_batch(student, reference, draw):
    for lengths, T in (((5, 3, 2), 6), ((2, 2, 2), 2)):
        target, logits = words(draw, V, lengths, T, first=(1,)), draw.normal(3, T - 1, V, scale=3.0)
        loss = unchanged(student.batch_loss, logits, target, en="batch_loss", fr="batch_loss")
        tensor(loss, (), en="loss", fr="le coût")
        shares = logits.double().softmax(dim=2)
        nats = [
            -math.log(shares[b, t, target[b, t + 1]]) for b in range(3) for t in range(T - 1) if target[b, t + 1] != 0
        ]
        close(loss, reference.batch_loss(logits, target), FLOAT32, en="loss of a batch", fr="le coût d'un batch")
        close(
            loss,
            torch.tensor(sum(nats) / len(nats)),
            FLOAT32,
            en="loss, word by word",
            fr="le coût, mot à mot",
        )


@pytest.mark.group("training")
def test_six_steps(student, reference, draw):
    p = model_of(draw, reference, "plain", torch.float64)
    src, tgt = words(draw, V_SRC, (4, 3, 2, 4, 1), 4), words(draw, V, (5, 4, 3, 5, 3), 5, first=(1,))
    seed = draw.integer(1, 1000)
    result = unchanged(student.train, "plain", p, src, tgt, 6, seed, en="train", fr="train")
    trained, losses = parts(result, 2, en="(params, losses)", fr="(params, losses)")
    right, right_losses = reference.train("plain", p, src, tgt, 6, seed)
    expect(
        isinstance(losses, list) and len(losses) == 6 and all(isinstance(each, float) for each in losses),
        en="losses: a list with one float per step was expected",
        fr="losses : on attendait une liste avec un float par pas",
    )
    first = student.batch_loss(student.plain_logits(src, tgt[:, :-1], p), tgt)
    tensor(first, (), torch.float64, en="loss", fr="le coût")
    close(
        torch.tensor(losses[:1]),
        torch.tensor(right_losses[:1]),
        STEPWISE,
        en="loss before the first step",
        fr="le coût avant le premier pas",
    )
    close(
        torch.tensor(losses),
        torch.tensor(right_losses),
        STEPWISE,
        en="losses of six steps",
        fr="les coûts de six pas",
    )
    expect(
        isinstance(trained, dict) and trained.keys() == right.keys(),
        en="the trained params must have the names of those given",
        fr="les params entraînés doivent porter les noms de ceux qui sont donnés",
    )
    for name in right:
        close(
            trained[name],
            right[name],
            STEPWISE,
            en=f"{name} after six steps",
            fr=f"{name} après six pas",
        )


# Greedy translation


def chain(reference, follows):
    """A plain model whose decoder writes `follows[k]` after token k, whatever the source."""
    size = len(follows)
    p = reference.fresh_params("plain", V_SRC, size, D=size, H=size)
    p = {name: torch.zeros_like(value) for name, value in p.items()}
    p |= {"E_tgt": 5 * torch.eye(size), "W_dec": torch.eye(size), "W_out": torch.eye(size)[follows].T.contiguous()}
    return p


@pytest.mark.group("translation")
def test_words_follow_one_another(student, reference, draw):
    student = student.using(plain_logits=reference.plain_logits)
    order = draw.sample(range(3, 9), 6)
    follows = [0, order[0], 0, *([0] * 6)]
    for now, then in zip(order, [*order[1:], 2], strict=True):
        follows[now] = then
    p, src = chain(reference, follows), words(draw, V_SRC, (3, 1), 3)
    for max_len in (8, 6, 4, 1, 0):
        same(
            student.translate("plain", src, p, max_len),
            [order[:max_len]] * 2,
            en=f"tokens written when max_len is {max_len}",
            fr=f"les tokens écrits quand max_len vaut {max_len}",
        )
    p["b_out"] = torch.zeros(9)
    p["W_out"] = torch.zeros(9, 9)
    p["b_out"][[5, 7]] = 1.0
    same(
        student.translate("plain", src, p, 2),
        [[5, 5], [5, 5]],
        en="tokens written when two logits are equal",
        fr="les tokens écrits quand deux logits sont égaux",
    )


@pytest.mark.group("translation")
def test_sentences_end_at_different_steps(student, reference, draw):
    student = student.using(**{name: getattr(reference, name) for name in ("additive_logits", "transformer_logits")})
    for kind in ("additive", "transformer"):
        p, src = model_of(draw, reference, kind), words(draw, V_SRC, (4, 3, 2, 1), 4)
        p["W_out"], p["b_out"] = 4 * p["W_out"], p["b_out"] + torch.tensor([-50.0, 0.0, 2.0, 0.0, 0.0, 0.0])
        same(
            unchanged(student.translate, kind, src, p, 5, en="translate", fr="translate"),
            reference.translate(kind, src, p, 5),
            en=f"translations of the {kind} model",
            fr=f"les traductions du modèle {kind}",
        )


# What the models learn


def numbered(pairs, side, vocabulary, ends):
    """int64[N, T]: one side of the pairs as ids, between <s> and </s> if it `ends`, padded."""
    rows = [[vocabulary[word] for word in getattr(pair, side)] for pair in pairs]
    rows = [[1, *row, 2] for row in rows] if ends else rows
    return nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)


def lesson(draw):
    """Pairs to learn from and pairs never seen, and the ids of their words, in random order."""
    pairs = sentences(LEARNED + UNSEEN, seed=draw.integer(10_000, 1_000_000))
    ids = {}
    for side in ("en", "fr"):
        known = sorted({word for pair in pairs for word in getattr(pair, side)})
        ids[side] = {word: 3 + place for place, word in enumerate(draw.sample(known, len(known)))}
    return pairs[UNSEEN:], pairs[:UNSEEN], ids


def learns(kind, student, reference, draw, forward):
    """Trains with the student's code, then looks at translations and at where `forward`'s attention is greatest."""
    steps, least_right, least_gold, beyond = LEARNERS[kind]
    known, unseen, ids = lesson(draw)
    src, new_src = (numbered(pairs, "en", ids["en"], False) for pairs in (known, unseen))
    tgt, new_tgt = (numbered(pairs, "fr", ids["fr"], True) for pairs in (known, unseen))
    start = reference.fresh_params(kind, 3 + len(ids["en"]), 3 + len(ids["fr"]), draw.integer(0, 1000))
    params, _ = parts(student.train(kind, start, src, tgt, steps, 0), 2, en="(params, losses)", fr="(params, losses)")
    answers = student.translate(kind, new_src, params, new_tgt.shape[1])
    gold = [[ids["fr"][word] for word in pair.fr] for pair in unseen]
    expect(
        isinstance(answers, list)
        and len(answers) == UNSEEN
        and all(isinstance(row, list) and all(isinstance(token, int) for token in row) for row in answers),
        en="a list with one list of ints per sentence was expected",
        fr="on attendait une liste avec une liste d'int par phrase",
    )
    right = sum(answer == want for answer, want in zip(answers, gold, strict=True)) / UNSEEN
    expect(
        right >= least_right,
        en=f"{right:.0%} of the {kind} model's translations are without a fault, {least_right:.0%} are asked for",
        fr=f"{100 * right:.0f} % des traductions du modèle {kind} sont sans faute, on en demande {100 * least_right:.0f} %",
    )
    logits, weights = parts(
        forward(new_src, new_tgt[:, :-1], params), 2, en="(logits, weights)", fr="(logits, weights)"
    )
    wide = new_src.shape[1]
    tensor(logits, (*new_tgt[:, 1:].shape, 3 + len(ids["fr"])), en="logits", fr="les logits")
    tensor(weights, (UNSEEN, new_tgt.shape[1] - 1, wide), en="weights", fr="les poids")
    tensor(student.batch_loss(logits, new_tgt), (), en="loss of new sentences", fr="le coût de phrases nouvelles")
    hits = [
        any(place - step in sources for step in range(beyond + 1))
        for pair, places in zip(unseen, weights.argmax(dim=2).tolist(), strict=True)
        for sources, place in zip(pair.alignment, places, strict=False)
    ]
    share = sum(hits) / len(hits)
    expect(
        share >= least_gold,
        en=f"{share:.0%} of the {kind} model's greatest weights are where they should be, {least_gold:.0%} are asked for",
        fr=f"{100 * share:.0f} % des plus grands poids du modèle {kind} sont à leur place, on en demande {100 * least_gold:.0f} %",
    )


@pytest.mark.group("learning")
def test_additive_model_learns(student, reference, draw):
    learns("additive", student, reference, draw, student.additive_logits)


@pytest.mark.group("learning")
def test_transformer_learns(student, reference, draw):
    learns("transformer", student, reference, draw, student.transformer_logits)
