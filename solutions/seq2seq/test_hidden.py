"""Hidden suite of `seq2seq`.

Covers the encoder (states, last state, padding), additive attention (scores, weights, context), its edges, one step of
the decoder, teacher forcing, greedy generation, gradients. Each group looks at one of these alone: what a function
builds on is the reference's, padding is compared with the student's own shorter calls, and gradients with the slopes
of the student's own functions.
Does not cover speed and training.
"""

import pytest
import torch
from torch import nn

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
    same,
    shape,
    unchanged,
)

EXACT = Tolerance(0.0, 0.0, "what is masked weighs 0, not almost 0")
SLOPE = Tolerance(1e-4, 1e-6, "central difference in float64 with a step of 1e-4: curvature counts for about 1e-7")

D, H, A, V_SRC, V = 3, 4, 5, 7, 6
STEP_NAMES = (("logits", "les logits"), ("the new state", "le nouvel état"), ("weights", "les poids"))


def weights_of(draw, kind=torch.float32):
    """A model's weights: no two dimensions are equal, no matrix is symmetric."""
    sizes = {
        "E_src": (V_SRC, D),
        "W_enc": (H, D),
        "U_enc": (H, H),
        "b_enc": (H,),
        "W_a": (A, H + H),
        "v_a": (A,),
        "E_tgt": (V, D),
        "W_dec": (H, D + H),
        "U_dec": (H, H),
        "b_dec": (H,),
        "W_out": (V, H),
        "b_out": (V,),
    }
    return {name: draw.normal(*size, dtype=kind, scale=0.8) for name, size in sizes.items()}


def mask_of(lengths, width):
    """True on the first `lengths[b]` of `width` positions. -> bool [B, width]"""
    return torch.arange(width) < torch.tensor(lengths)[:, None]


def tensors(*named):
    """Every part is a torch tensor of floats: what comes next may compute with it."""
    for name, part in named:
        expect(
            isinstance(part, torch.Tensor) and part.dtype.is_floating_point,
            en=f"{name}: a torch tensor of floats was expected",
            fr=f"{name} : on attendait un tenseur torch de flottants",
        )


# The encoder


def encoded(student, source, mask, p):
    """(enc, s0) of the student, of the right shapes."""
    enc, s0 = parts(student.encode(source, mask, p), 2, en="(enc, s0)", fr="(enc, s0)")
    shape(enc, (*source.shape, H), en="enc", fr="enc")
    shape(s0, (len(source), H), en="s0", fr="s0")
    tensors(("enc", enc), ("s0", s0))
    return enc, s0


def torch_encoder(p, source, lengths):
    """Torch's own recurrent network on packed sentences, the second bias at 0. -> enc [B, S, H], s0 [B, H]"""
    network = nn.RNN(D, H, batch_first=True)
    with torch.no_grad():
        for name, value in (("weight_ih_l0", "W_enc"), ("weight_hh_l0", "U_enc"), ("bias_ih_l0", "b_enc")):
            getattr(network, name).copy_(p[value])
        network.bias_hh_l0.zero_()
        packed = nn.utils.rnn.pack_padded_sequence(
            p["E_src"][source], torch.tensor(lengths), batch_first=True, enforce_sorted=False
        )
        states, last = network(packed)
        enc, _ = nn.utils.rnn.pad_packed_sequence(states, batch_first=True, total_length=source.shape[1])
    return enc, last[0]


@pytest.mark.group("encoder")
def test_states_match_reference_and_torch(student, reference, draw):
    p = weights_of(draw)
    source, lengths = draw.integers(0, V_SRC, 3, 5), [3, 5, 1]
    mask = mask_of(lengths, 5)
    enc, s0 = encoded(student, source, mask, p)
    dtype(enc, torch.float32, en="enc for float32 weights", fr="enc pour des poids float32")
    dtype(s0, torch.float32, en="s0 for float32 weights", fr="s0 pour des poids float32")
    for right_enc, right_s0 in (reference.encode(source, mask, p), torch_encoder(p, source, lengths)):
        whole = mask[:, :, None]
        close(
            enc * whole,
            right_enc * whole,
            FLOAT32,
            en="states of the encoder at real tokens",
            fr="les états de l'encodeur sur les vrais tokens",
        )
        close(enc, right_enc, FLOAT32, en="enc at padding positions", fr="enc aux positions de padding")
        close(
            s0,
            right_s0,
            FLOAT32,
            en="s0, for sentences of different lengths",
            fr="s0, pour des phrases de longueurs différentes",
        )


@pytest.mark.group("encoder")
def test_padding_does_not_move_the_last_state(student, draw):
    p = weights_of(draw)
    source = draw.integers(0, V_SRC, 2, 4)
    _, short = encoded(student, source, mask_of([4, 4], 4), p)
    longer = torch.cat([source, draw.integers(0, V_SRC, 2, 3)], dim=1)
    enc, padded = encoded(student, longer, mask_of([4, 4], 7), p)
    close(
        padded,
        short,
        FLOAT32,
        en="s0 of a sentence, padded to another length",
        fr="s0 d'une phrase complétée à une autre longueur",
    )
    expect(
        bool((enc[:, 4:] == 0).all()),
        en="enc is zero at padding positions; yours is not",
        fr="enc est nul aux positions de padding ; le vôtre ne l'est pas",
    )


@pytest.mark.group("encoder")
def test_one_position_no_real_token_and_float64(student, reference, draw):
    p = weights_of(draw, torch.float64)
    source, mask = draw.integers(0, V_SRC, 3, 1), torch.tensor([[True], [False], [True]])
    enc, s0 = encoded(student, source, mask, p)
    dtype(enc, torch.float64, en="enc for float64 weights", fr="enc pour des poids float64")
    dtype(s0, torch.float64, en="s0 for float64 weights", fr="s0 pour des poids float64")
    right_enc, right_s0 = reference.encode(source, mask, p)
    close(enc, right_enc, FLOAT64, en="enc of a source of one position", fr="enc d'une source d'une position")
    close(
        s0,
        right_s0,
        FLOAT64,
        en="s0 of sentences of one token or none",
        fr="s0 de phrases d'un token ou d'aucun",
    )


# Additive attention


def attend(student, s, enc, mask, W_a, v_a):
    """(context, weights) of the student, of the right shapes and finite."""
    context, weights = parts(
        student.additive_attention(s, enc, mask, W_a, v_a), 2, en="(context, weights)", fr="(context, weights)"
    )
    shape(weights, enc.shape[:2], en="attention weights", fr="les poids d'attention")
    shape(context, s.shape, en="context", fr="le contexte")
    tensors(("weights", weights), ("context", context))
    finite(weights, en="attention weights", fr="les poids d'attention")
    finite(context, en="context", fr="le contexte")
    return context, weights


def split_attention(s, enc, W_a, v_a):
    """The same scores with W_a cut in two, without padding. s: [B, H], enc: [B, S, H] -> [B, H], [B, S]"""
    asked, offered = torch.einsum("bh,ah->ba", s, W_a[:, :H]), torch.einsum("bsh,ah->bsa", enc, W_a[:, H:])
    weights = torch.einsum("bsa,a->bs", (asked[:, None] + offered).tanh(), v_a).softmax(-1)
    return torch.einsum("bs,bsh->bh", weights, enc), weights


@pytest.mark.group("attention")
def test_weights_of_a_sentence_sum_to_one(student, draw):
    p = weights_of(draw)
    _, weights = attend(student, draw.normal(3, H), draw.normal(3, 5, H), mask_of([5] * 3, 5), p["W_a"], p["v_a"])
    expect(
        not bool(((weights - 1).abs() < 1e-4).all()),
        en="every weight is 1, so the context is a plain sum: over a dimension of which size is your softmax taken?",
        fr="chaque poids vaut 1, le contexte est donc une simple somme : sur une dimension de quelle taille votre "
        "softmax porte-t-il ?",
    )
    close(
        weights.sum(-1),
        torch.ones(3),
        FLOAT32,
        en="sum of a sentence's weights over the positions of its source",
        fr="la somme des poids d'une phrase sur les positions de sa source",
    )


@pytest.mark.group("attention")
def test_matches_reference_and_split_form(student, reference, draw):
    p, s, enc, mask = weights_of(draw), draw.normal(3, H), draw.normal(3, 5, H), mask_of([5] * 3, 5)
    context, weights = attend(student, s, enc, mask, p["W_a"], p["v_a"])
    for right_context, right_weights in (
        reference.additive_attention(s, enc, mask, p["W_a"], p["v_a"]),
        split_attention(s, enc, p["W_a"], p["v_a"]),
    ):
        close(weights, right_weights, FLOAT32, en="attention weights", fr="les poids d'attention", picture=True)
        close(context, right_context, FLOAT32, en="context", fr="le contexte")


@pytest.mark.group("attention")
def test_attention_finds_the_gold_alignment(student, draw):
    # Position j holds the j-th unit vector; the unit a of the network is -tanh(s_a + h_a), lowest when both are 1.
    order = draw.sample(range(H), H)
    W_a, v_a = torch.cat([torch.eye(H), torch.eye(H)], dim=1), torch.full((H,), -30.0)
    _, weights = attend(
        student, torch.eye(H)[order], torch.eye(H).expand(H, H, H), torch.ones(H, H, dtype=torch.bool), W_a, v_a
    )
    expect(
        weights.argmax(-1).tolist() == order,
        en="a state that matches one position of the source does not look there most",
        fr="un état qui correspond à une position de la source ne regarde pas surtout celle-là",
    )


@pytest.mark.group("padding")
def test_padding_weighs_nothing_and_the_others_share_as_if_it_were_not_there(student, draw):
    p, s, enc = weights_of(draw), draw.normal(3, H), draw.normal(3, 6, H, scale=2.0)
    context, weights = attend(student, s, enc, mask_of([4] * 3, 6), p["W_a"], p["v_a"])
    close(
        weights[:, 4:],
        torch.zeros(3, 2),
        EXACT,
        en="weights of padding positions",
        fr="les poids des positions de padding",
    )
    short_context, short_weights = attend(student, s, enc[:, :4], mask_of([4] * 3, 4), p["W_a"], p["v_a"])
    close(
        weights[:, :4],
        short_weights,
        FLOAT32,
        en="weights of real tokens, with padding after them against without",
        fr="les poids des vrais tokens, avec du padding après eux et sans",
        picture=True,
    )
    close(
        context, short_context, FLOAT32, en="context, with padding and without", fr="le contexte, avec padding et sans"
    )


@pytest.mark.group("padding")
def test_masks_of_any_form_and_different_lengths(student, draw):
    p, s, enc = weights_of(draw), draw.normal(4, H), draw.normal(4, 5, H)
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [0, 1, 0, 1, 1], [0, 0, 0, 0, 1]]).bool()
    _, weights = attend(student, s, enc, mask, p["W_a"], p["v_a"])
    expect(
        bool((weights[~mask] == 0).all()) and bool((weights[mask] > 0).all()),
        en="where the mask is True a position weighs more than 0, where it is False exactly 0",
        fr="là où le masque vaut True, une position pèse plus que 0 ; là où il vaut False, exactement 0",
    )


@pytest.mark.group("padding")
def test_nothing_but_padding_gives_zeros(student, draw):
    p, s, enc = weights_of(draw), draw.normal(2, H), draw.normal(2, 3, H)
    mask = torch.tensor([[False, False, False], [True, True, False]])
    context, weights = attend(student, s, enc, mask, p["W_a"], p["v_a"])
    close(
        weights[0], torch.zeros(3), EXACT, en="weights of a sentence of padding", fr="les poids d'une phrase de padding"
    )
    close(
        context[0],
        torch.zeros(H),
        EXACT,
        en="context of a sentence of padding",
        fr="le contexte d'une phrase de padding",
    )
    to_state, to_enc = gradients(student.additive_attention, s, enc, mask, p["W_a"], p["v_a"], wrt=(0, 1))
    for name, gradient in (("s", to_state), ("enc", to_enc)):
        if gradient is not None:
            finite(
                gradient,
                en=f"gradient with respect to {name}, when a sentence is nothing but padding",
                fr=f"le gradient par rapport à {name}, quand une phrase n'est que du padding",
            )


@pytest.mark.group("padding")
def test_single_position_layout_and_float64(student, draw):
    p = weights_of(draw, torch.float64)
    s, turned = draw.normal(2, H, dtype=torch.float64), draw.normal(2, H, 3, dtype=torch.float64).transpose(1, 2)
    context, weights = attend(student, s, turned[:, :1], mask_of([1, 1], 1), p["W_a"], p["v_a"])
    expect(
        bool((weights > 0).all()),
        en="a source of a single position: it weighs more than 0",
        fr="une source d'une seule position : elle pèse plus que 0",
    )
    dtype(weights, torch.float64, en="weights for float64 inputs", fr="les poids pour des entrées float64")
    dtype(context, torch.float64, en="context for float64 inputs", fr="le contexte pour des entrées float64")
    narrow, narrow_weights = attend(
        student, s.float(), turned.float(), mask_of([3, 2], 3), p["W_a"].float(), p["v_a"].float()
    )
    dtype(narrow, torch.float32, en="context for float32 inputs", fr="le contexte pour des entrées float32")
    dtype(narrow_weights, torch.float32, en="weights for float32 inputs", fr="les poids pour des entrées float32")
    mask = mask_of([3, 2], 3)
    seen, _ = attend(student, s, turned, mask, p["W_a"], p["v_a"])
    plain, _ = attend(student, s, turned.contiguous(), mask, p["W_a"], p["v_a"])
    close(seen, plain, FLOAT64, en="context of a transposed tensor", fr="le contexte d'un tenseur transposé")


# One step of the decoder


def stepped(student, y, s, enc, mask, p):
    """(logits, s_new, weights) of the student, of the right shapes."""
    logits, s_new, weights = parts(
        student.decoder_step(y, s, enc, mask, p), 3, en="(logits, s_new, weights)", fr="(logits, s_new, weights)"
    )
    shape(logits, (len(y), V), en="logits", fr="les logits")
    shape(s_new, s.shape, en="the new state", fr="le nouvel état")
    shape(weights, mask.shape, en="attention weights", fr="les poids d'attention")
    tensors(("logits", logits), ("s_new", s_new), ("weights", weights))
    return logits, s_new, weights


def torch_step(y, s, enc, p):
    """The same step with torch's own cell, without padding. -> logits [B, V], s_new [B, H]"""
    cell = nn.RNNCell(D + H, H)
    with torch.no_grad():
        for name, value in (("weight_ih", "W_dec"), ("weight_hh", "U_dec"), ("bias_ih", "b_dec")):
            getattr(cell, name).copy_(p[value])
        cell.bias_hh.zero_()
        context, _ = split_attention(s, enc, p["W_a"], p["v_a"])
        new = cell(torch.cat([p["E_tgt"][y], context], dim=1), s)
    return new @ p["W_out"].T + p["b_out"], new


@pytest.mark.group("step")
def test_step_matches_reference_and_torch(student, reference, draw):
    student = student.using(additive_attention=reference.additive_attention)
    p, y, s, enc = weights_of(draw), draw.integers(0, V, 3), draw.normal(3, H), draw.normal(3, 5, H)
    mask = mask_of([5] * 3, 5)
    logits, s_new, weights = stepped(student, y, s, enc, mask, p)
    for part, (en, fr) in zip((logits, s_new, weights), STEP_NAMES, strict=True):
        dtype(part, torch.float32, en=f"{en} for float32 weights", fr=f"{fr} pour des poids float32")
    right_logits, right_state, right_weights = reference.decoder_step(y, s, enc, mask, p)
    close(
        weights,
        right_weights,
        FLOAT32,
        en="attention weights of a step: the old state asks",
        fr="les poids d'attention d'un pas : c'est l'ancien état qui interroge",
        picture=True,
    )
    close(s_new, right_state, FLOAT32, en="the new state", fr="le nouvel état")
    close(logits, right_logits, FLOAT32, en="logits", fr="les logits")
    oracle_logits, oracle_state = torch_step(y, s, enc, p)
    close(s_new, oracle_state, FLOAT32, en="the new state", fr="le nouvel état")
    close(logits, oracle_logits, FLOAT32, en="logits", fr="les logits")


@pytest.mark.group("step")
def test_step_under_a_mask_in_float64(student, reference, draw):
    student = student.using(additive_attention=reference.additive_attention)
    p = weights_of(draw, torch.float64)
    y, s, enc = (
        draw.integers(0, V, 2),
        draw.normal(2, H, dtype=torch.float64),
        draw.normal(2, 3, H, dtype=torch.float64),
    )
    mask = mask_of([3, 1], 3)
    found = stepped(student, y, s, enc, mask, p)
    right = reference.decoder_step(y, s, enc, mask, p)
    for mine, theirs, (en, fr) in zip(found, right, STEP_NAMES, strict=True):
        dtype(mine, torch.float64, en=f"{en} for float64 weights", fr=f"{fr} pour des poids float64")
        close(mine, theirs, FLOAT64, en=f"{en}, with padding in the source", fr=f"{fr}, avec du padding dans la source")


# Teacher forcing


def forced(student, target, s, enc, mask, p):
    """(logits, weights) of the student, of the right shapes."""
    logits, weights = parts(
        student.teacher_forced(target, s, enc, mask, p), 2, en="(logits, weights)", fr="(logits, weights)"
    )
    steps = target.shape[1] - 1
    shape(
        logits,
        (len(target), steps, V),
        en="logits: one step per token of the target but the last",
        fr="logits : un pas par token de la cible, sauf le dernier",
    )
    shape(weights, (len(target), steps, enc.shape[1]), en="weights of all steps", fr="les poids de tous les pas")
    tensors(("logits", logits), ("weights", weights))
    return logits, weights


def stepwise(student, reference):
    return student.using(additive_attention=reference.additive_attention, decoder_step=reference.decoder_step)


@pytest.mark.group("teacher-forcing")
def test_every_step_reads_the_right_token_and_the_state_before(student, reference, draw):
    student = stepwise(student, reference)
    p, target, s, enc = weights_of(draw), draw.integers(0, V, 3, 6), draw.normal(3, H), draw.normal(3, 4, H)
    mask = mask_of([4, 2, 3], 4)
    logits, weights = forced(student, target, s, enc, mask, p)
    dtype(logits, torch.float32, en="logits for float32 weights", fr="les logits pour des poids float32")
    dtype(weights, torch.float32, en="weights for float32 weights", fr="les poids d'attention pour des poids float32")
    state = s
    for t in range(5):
        right_logits, state, right_weights = reference.decoder_step(target[:, t], state, enc, mask, p)
        first = "first step" if t == 0 else "later steps"
        close(
            logits[:, t],
            right_logits,
            FLOAT32,
            en=f"logits of the {first}",
            fr="logits du premier pas" if t == 0 else "logits des pas suivants",
        )
        close(
            weights[:, t],
            right_weights,
            FLOAT32,
            en=f"weights of the {first}",
            fr="poids du premier pas" if t == 0 else "poids des pas suivants",
        )
    right = reference.teacher_forced(target, s, enc, mask, p)
    close(logits, right[0], FLOAT32, en="logits of all steps", fr="les logits de tous les pas")


@pytest.mark.group("teacher-forcing")
def test_no_step_sees_the_token_it_predicts(student, reference, draw):
    student = stepwise(student, reference)
    p, target, s, enc = weights_of(draw), draw.integers(0, V, 2, 5), draw.normal(2, H), draw.normal(2, 3, H)
    mask = mask_of([3, 3], 3)
    logits, _ = forced(student, target, s, enc, mask, p)
    for place in (4, 2):
        changed = target.clone()
        changed[:, place] = (changed[:, place] + 1) % V
        others, _ = forced(student, changed, s, enc, mask, p)
        close(
            others[:, :place],
            logits[:, :place],
            FLOAT32,
            en="logits of the steps before a token of the target that was changed",
            fr="les logits des pas qui précèdent un token changé de la cible",
        )


@pytest.mark.group("teacher-forcing")
def test_shortest_target(student, reference, draw):
    student = stepwise(student, reference)
    p, target, s, enc = weights_of(draw), draw.integers(0, V, 3, 2), draw.normal(3, H), draw.normal(3, 1, H)
    mask = mask_of([1] * 3, 1)
    logits, _ = forced(student, target, s, enc, mask, p)
    close(
        logits[:, 0],
        reference.decoder_step(target[:, 0], s, enc, mask, p)[0],
        FLOAT32,
        en="logits of a target of two tokens",
        fr="les logits d'une cible de deux tokens",
    )


# Greedy generation


def chain_of(order, start):
    """A model whose token order[i] leads to order[i + 1]; `start` [B, n] is its first state. One token, one unit."""
    n = len(order)
    step = torch.zeros(n, n)
    for now, after in zip(order, order[1:], strict=False):
        step[after, now] = 6.0
    return {
        "E_tgt": torch.eye(n),
        "W_a": torch.zeros(2, 2 * n),
        "v_a": torch.zeros(2),
        "W_dec": torch.cat([step, torch.zeros(n, n)], dim=1),
        "U_dec": torch.zeros(n, n),
        "b_dec": torch.zeros(n),
        "W_out": 10 * torch.eye(n),
        "b_out": torch.zeros(n),
    }, (start, torch.zeros(len(start), 2, n), torch.ones(len(start), 2, dtype=torch.bool))


@pytest.mark.group("generation")
def test_each_token_written_is_read_next(student, reference, draw):
    order = draw.sample(range(7), 7)
    p, inputs = chain_of(order, torch.zeros(2, 7))
    same(
        stepwise(student, reference).greedy_generate(*inputs, p, order[0], order[6], 20),
        [order[1:6]] * 2,
        en="tokens written, when each token decides the next",
        fr="les tokens écrits, quand chaque token décide du suivant",
    )


@pytest.mark.group("generation")
def test_state_is_carried_from_step_to_step(student, reference, draw):
    # The state counts: unit i leads to unit i + 1, whatever is read; each unit writes one token.
    n = 6
    tokens = draw.sample(range(n), n)
    write = torch.zeros(n, n)
    write[tokens, range(n)] = 10.0
    p, inputs = chain_of(list(range(n)), torch.eye(n)[[0, 2, 4]])
    p |= {"W_dec": torch.zeros(n, 2 * n), "U_dec": 6 * torch.eye(n).roll(1, 0), "W_out": write}
    same(
        stepwise(student, reference).greedy_generate(*inputs, p, tokens[0], tokens[5], 20),
        [tokens[1:5], tokens[3:5], []],
        en="tokens written by sentences that end at different steps",
        fr="les tokens écrits par des phrases qui finissent à des pas différents",
    )


@pytest.mark.group("generation")
def test_matches_reference_on_any_model(student, reference, draw):
    student = stepwise(student, reference)
    for _ in range(4):
        p, s, enc = weights_of(draw), draw.normal(4, H, scale=2.0), draw.normal(4, 3, H)
        inputs = (s, enc, mask_of([3, 1, 2, 3], 3), p, draw.integer(0, V), draw.integer(0, V), 5)
        same(
            student.greedy_generate(*inputs),
            reference.greedy_generate(*inputs),
            en="tokens written",
            fr="les tokens écrits",
        )


@pytest.mark.group("generation")
def test_length_limit_and_equal_logits(student, reference, draw):
    student = stepwise(student, reference)
    p, inputs = chain_of(list(range(5)), draw.normal(2, 5))
    p |= {"W_out": torch.zeros(5, 5), "b_out": torch.tensor([0.0, 1.0, 0.0, 1.0, 1.0])}
    for limit in (4, 1, 0):
        same(
            student.greedy_generate(*inputs, p, 1, 0, limit),
            [[1] * limit] * 2,
            en="tokens written when the sentence never ends and several logits are the greatest",
            fr="les tokens écrits quand la phrase ne finit jamais et que plusieurs logits sont les plus grands",
        )
    same(
        student.greedy_generate(*inputs, p, 3, 1, 4),
        [[], []],
        en="tokens written when </s> comes first",
        fr="les tokens écrits quand </s> vient en premier",
    )


# Invariants


@pytest.mark.group("invariants")
def test_inputs_are_left_alone(student, reference, draw):
    p, source, s, enc = weights_of(draw), draw.integers(0, V_SRC, 2, 4), draw.normal(2, H), draw.normal(2, 4, H)
    mask, target = mask_of([4, 2], 4), draw.integers(0, V, 2, 3)
    calls = {
        "encode": (source, mask, p),
        "additive_attention": (s, enc, mask, p["W_a"], p["v_a"]),
        "decoder_step": (target[:, 0], s, enc, mask, p),
        "teacher_forced": (target, s, enc, mask, p),
        "greedy_generate": (s, enc, mask, p, 0, 1, 4),
    }
    for name, arguments in calls.items():
        unchanged(getattr(student, name), *arguments, en=name, fr=name)


def slope(function, arguments, place, direction):
    """How fast the sum of the first result grows when the argument at `place` moves along `direction`."""
    sums = []
    for sign in (1e-4, -1e-4):
        moved = list(arguments)
        if isinstance(direction, dict):
            moved[place] = {name: value + sign * direction[name] for name, value in arguments[place].items()}
        else:
            moved[place] = arguments[place] + sign * direction
        result = parts(function(*moved), 2, en="the result", fr="le résultat")[0]
        tensors(("the result", result))
        sums.append(result.double().sum())
    return (sums[0] - sums[1]) / 2e-4


def along(gradient, direction):
    """A gradient's part along a direction; None counts as 0."""
    if isinstance(direction, dict):
        return sum(along(gradient[name], each) for name, each in direction.items())
    return torch.zeros((), dtype=torch.float64) if gradient is None else (gradient * direction).sum()


@pytest.mark.group("invariants")
def test_gradients_reach_states_and_weights(student, draw):
    p = weights_of(draw, torch.float64)
    enc, s = draw.normal(2, 4, H, dtype=torch.float64), draw.normal(2, H, dtype=torch.float64)
    mask, target = mask_of([4, 3], 4), draw.integers(0, V, 2, 4)
    calls = (
        (student.encode, (draw.integers(0, V_SRC, 2, 4), mask, p), (2,), "encode"),
        (student.additive_attention, (s, enc, mask, p["W_a"], p["v_a"]), (0, 1, 3, 4), "additive_attention"),
        (student.teacher_forced, (target, s, enc, mask, p), (1, 2, 4), "teacher_forced"),
    )
    for function, arguments, wrt, name in calls:
        found = gradients(function, *arguments, wrt=wrt)
        for place, gradient in zip(wrt, found, strict=True):
            value = arguments[place]
            direction = (
                {key: draw.normal(*each.shape, dtype=torch.float64) for key, each in value.items()}
                if isinstance(value, dict)
                else draw.normal(*value.shape, dtype=torch.float64)
            )
            close(
                along(gradient, direction),
                slope(function, arguments, place, direction),
                SLOPE,
                en=f"gradient of {name}, against the slope of your own function",
                fr=f"le gradient de {name}, comparé à la pente de votre propre fonction",
            )
