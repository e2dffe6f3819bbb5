"""Hidden suite of `alignment`.

Covers the loss of a reward model, the log-probability of an answer, the reward hidden in a policy and the loss of DPO.
Each group looks at one of these alone: the reference's reward loss is injected where the values of DPO are looked at;
what is ignored, large or differentiated is compared with the student's own results of a plainer call. Does not cover
models and training.
"""

import math

import pytest
import torch
import torch.nn.functional as F
from torch.distributions import Categorical

from autograder.checks import (
    FLOAT32,
    Tolerance,
    close,
    dtype,
    expect,
    finite,
    gradients,
    shape,
    unchanged,
)

EXACT = Tolerance(0.0, 0.0, "what does not count adds exactly 0")
SUM = Tolerance(2e-6, 1e-5, "float32: a sum of up to eight log-probabilities, added in another order")
FAR = Tolerance(1e-6, 1e-6, "float32 rewards around 1000: half a unit in the last place is 3e-5")
FAR_LOGITS = Tolerance(0.0, 2e-2, "float32 numbers around 10,000 are spaced by 1e-3; a sum of twelve of them")
SLOPE = Tolerance(3e-4, 3e-4, "central difference with a step of 0.01: curvature counts for about 1e-5")


def number(value, en, fr):
    """The sum of a finite result of the student's, whatever its shape."""
    finite(value, en=en, fr=fr)
    return torch.as_tensor(value).double().sum()


def row_sums(student, logits, labels):
    """sequence_logps of the student, a tensor of shape [B]."""
    logps = student.sequence_logps(logits, labels)
    shape(logps, (len(labels),), en="sequence_logps", fr="sequence_logps")
    return logps


def answer_oracle(logits, labels):
    """torch's own cross-entropy, which has no shift: it is made by hand here."""
    return -F.cross_entropy(logits[:, :-1].mT, labels[:, 1:], ignore_index=-100, reduction="none").sum(dim=1)


def preference_oracle(lead):
    return -F.logsigmoid(lead.double()).mean()


def log_probabilities(draw, rows):
    """Four tensors [B] as a policy and its reference would give them, in the order of dpo_loss."""
    reference = -draw.uniform(2, rows, low=1.0, high=12.0)
    return (*(reference + draw.normal(2, rows, scale=3.0)), *reference)


@pytest.mark.group("shapes")
def test_losses_are_scalars_and_keep_their_dtype(student, reference, draw):
    for kind in (torch.float32, torch.float64):
        first, second, third, fourth = draw.normal(4, 5, dtype=kind)
        for name, value, size in (
            ("reward_loss", student.reward_loss(first, second), ()),
            ("implicit_rewards", student.implicit_rewards(first, second, 0.3), (5,)),
            (
                "dpo_loss",
                student.using(reward_loss=reference.reward_loss).dpo_loss(first, second, third, fourth, 0.3),
                (),
            ),
        ):
            shape(value, size, en=name, fr=name)
            dtype(value, kind, en=name, fr=name)


@pytest.mark.group("shapes")
def test_one_log_probability_per_row(student, draw):
    for rows, length, vocabulary in ((2, 5, 7), (3, 2, 4), (4, 4, 4), (1, 6, 3), (3, 1, 5)):
        logps = row_sums(student, draw.normal(rows, length, vocabulary), draw.integers(1, vocabulary, rows, length))
        dtype(logps, torch.float32, en="sequence_logps", fr="sequence_logps")
    logps = row_sums(student, draw.normal(2, 4, 5, dtype=torch.float64), draw.integers(1, 5, 2, 4))
    dtype(logps, torch.float64, en="sequence_logps of float64 logits", fr="sequence_logps de logits en float64")


@pytest.mark.group("shapes")
def test_half_precision_is_left_before_anything_is_computed(student, draw):
    labels = draw.integers(1, 30, 3, 8)
    for kind in (torch.float16, torch.bfloat16):
        logits = draw.normal(3, 8, 30, scale=3.0).to(kind)
        logps = row_sums(student, logits, labels)
        en, fr = "sequence_logps of half-precision logits", "sequence_logps de logits en demi-précision"
        dtype(logps, torch.float32, en=en, fr=fr)
        close(
            logps,
            row_sums(student, logits.float(), labels),
            SUM,
            en=f"{en}, against those of the same logits in float32",
            fr=f"{fr}, comparé à celui des mêmes logits en float32",
        )


@pytest.mark.group("reward")
def test_matches_reference_and_logsigmoid(student, reference, draw):
    for pairs in (1, 2, 5, 8):
        chosen, rejected = draw.uniform(2, pairs, low=-2.0, high=2.0)
        loss = student.reward_loss(chosen, rejected)
        for expected in (reference.reward_loss(chosen, rejected), preference_oracle(chosen - rejected)):
            close(loss, expected, FLOAT32, en="reward_loss", fr="reward_loss")


@pytest.mark.group("reward")
def test_what_the_order_of_a_pair_costs(student, draw):
    higher, lower = draw.uniform(1, low=0.5, high=2.0), draw.uniform(1, low=-2.0, high=0.0)
    right, wrong, undecided = (
        number(student.reward_loss(*pair), "reward_loss", "reward_loss")
        for pair in ((higher, lower), (lower, higher), (lower, lower))
    )
    expect(
        not bool(right > wrong),
        en="a pair costs more when the chosen answer has the higher reward: look at the sign",
        fr="une paire coûte plus quand la réponse préférée a la meilleure récompense : regardez le signe",
    )
    close(
        wrong - right,
        (higher - lower)[0],
        FLOAT32,
        en="what a pair in the wrong order costs more than in the right one",
        fr="ce que coûte une paire dans le mauvais ordre de plus que dans le bon",
    )
    close(
        undecided,
        math.log(2.0),
        FLOAT32,
        en="reward_loss of two equal rewards (in nats)",
        fr="reward_loss de deux récompenses égales (en nats)",
    )


@pytest.mark.group("reward")
def test_rewards_have_no_zero_of_their_own(student, draw):
    chosen, rejected = draw.uniform(2, 4, low=-2.0, high=2.0)
    own, raised = (
        number(student.reward_loss(chosen + more, rejected + more), "reward_loss", "reward_loss") for more in (0.0, 8.0)
    )
    close(
        raised,
        own,
        FLOAT32,
        en="reward_loss after the same number was added to all rewards",
        fr="reward_loss quand le même nombre est ajouté à toutes les récompenses",
    )


@pytest.mark.group("logps")
def test_matches_reference_cross_entropy_and_distributions(student, reference, draw):
    for rows, length, vocabulary in ((2, 5, 7), (3, 6, 4), (4, 4, 4), (1, 2, 9), (3, 8, 5)):
        logits, labels = draw.normal(rows, length, vocabulary, scale=2.0), draw.integers(1, vocabulary, rows, length)
        logps = row_sums(student, logits, labels)
        for expected in (
            reference.sequence_logps(logits, labels),
            answer_oracle(logits, labels),
            Categorical(logits=logits[:, :-1].double()).log_prob(labels[:, 1:]).sum(dim=1),
        ):
            close(logps, expected, SUM, en="sequence_logps", fr="sequence_logps")


@pytest.mark.group("logps")
def test_probabilities_of_all_answers_sum_to_1(student, draw):
    answers = torch.cartesian_prod(*torch.arange(1, 4).repeat(3, 1))
    table = draw.normal(1, 4, 4)
    table[..., 0] = -60.0  # token 0 is never said: how it is counted is another group's matter
    logps = row_sums(student, table.expand(27, 4, 4), torch.cat([draw.integers(1, 4, 27, 1), answers], dim=1))
    close(
        number(logps.exp(), "sequence_logps", "sequence_logps"),
        1.0,
        FLOAT32,
        en="sum of the probabilities of all answers of three tokens",
        fr="la somme des probabilités de toutes les réponses de trois tokens",
    )


@pytest.mark.group("logps")
def test_first_label_and_last_logits_count_for_nothing(student, draw):
    logits, labels = draw.normal(3, 5, 7), draw.integers(1, 7, 3, 5)
    own = row_sums(student, logits, labels)
    logits[:, -1], labels[:, 0] = draw.normal(3, 7, scale=9.0), labels[:, 0] % 6 + 1
    close(
        row_sums(student, logits, labels),
        own,
        SUM,
        en="sequence_logps after the first labels and the last rows of logits were changed: neither counts",
        fr="sequence_logps après un changement des premiers labels et des dernières lignes de logits : ni les uns ni les "
        "autres ne comptent",
    )


@pytest.mark.group("logps")
def test_a_single_position_predicts_nothing(student, draw):
    close(
        row_sums(student, draw.normal(3, 1, 6), draw.integers(1, 6, 3, 1)),
        torch.zeros(3),
        EXACT,
        en="sequence_logps of rows of one token",
        fr="sequence_logps de lignes d'un seul token",
    )


@pytest.mark.group("logps")
def test_layout_in_memory_does_not_matter(student, draw):
    logits, labels = draw.normal(7, 5, 3).permute(2, 1, 0), draw.integers(1, 7, 5, 3).T
    close(
        row_sums(student, logits, labels),
        answer_oracle(logits, labels),
        SUM,
        en="sequence_logps of tensors that were transposed",
        fr="sequence_logps de tenseurs transposés",
    )


def spans(draw):
    """Logits, tokens, and where each row's answer begins and ends (exclusive): prompts and padding around it."""
    borders = [(3, 6), (1, 4), (5, 8), (2, 7), (4, 5)]
    return draw.normal(5, 8, 6, scale=2.0), draw.integers(1, 6, 5, 8), borders


def only(labels, borders):
    """The labels, -100 outside of each row's answer."""
    kept = torch.zeros_like(labels, dtype=torch.bool)
    for row, (begin, end) in enumerate(borders):
        kept[row, begin:end] = True
    return labels.where(kept, -100)


@pytest.mark.group("ignore")
def test_prompt_and_padding_add_nothing(student, draw):
    logits, labels, borders = spans(draw)
    whole = row_sums(student, logits, only(labels, borders))
    for row, (begin, end) in enumerate(borders):
        cut = labels[row : row + 1, begin - 1 : end].clone()
        cut[:, 0] = -100
        close(
            whole[row : row + 1],
            row_sums(student, logits[row : row + 1, begin - 1 : end], cut),
            SUM,
            en="sequence_logps of an answer with a prompt and padding, against your own of the answer alone",
            fr="sequence_logps d'une réponse avec prompt et remplissage, comparé au vôtre pour la réponse seule",
        )


@pytest.mark.group("ignore")
def test_holes_may_stand_anywhere(student, draw):
    logits, labels = draw.normal(2, 8, 6, scale=2.0), draw.integers(1, 6, 2, 8)
    first, second = only(labels, [(1, 3), (2, 4)]), only(labels, [(5, 7), (6, 7)])
    close(
        row_sums(student, logits, first.where(first != -100, second)),
        row_sums(student, logits, first) + row_sums(student, logits, second),
        SUM,
        en="sequence_logps of an answer with a hole in the middle, against the sum of your own of its two parts",
        fr="sequence_logps d'une réponse avec un trou au milieu, comparé à la somme des vôtres pour ses deux parties",
    )


@pytest.mark.group("ignore")
def test_what_is_ignored_may_hold_anything(student, draw):
    logits, labels = draw.normal(2, 8, 6), only(draw.integers(1, 6, 2, 8), [(3, 5), (4, 6)])
    own = row_sums(student, logits, labels)
    logits[0, 0], logits[0, 1], logits[0, 6], logits[1, 1], logits[1, 7] = math.nan, math.inf, math.nan, -math.inf, 9.0
    en = "sequence_logps when logits hold NaN or inf, only where nothing is asked for"
    fr = "sequence_logps quand des logits valent NaN ou inf, seulement là où l'on ne demande rien"
    logps = row_sums(student, logits, labels)
    finite(logps, en=en, fr=fr)
    close(logps, own, SUM, en=en, fr=fr)


@pytest.mark.group("ignore")
def test_nothing_to_sum_gives_0(student, draw):
    for length in (4, 1):
        close(
            row_sums(student, draw.normal(2, length, 6), torch.full((2, length), -100)),
            torch.zeros(2),
            EXACT,
            en="sequence_logps when nothing counts",
            fr="sequence_logps quand rien ne compte",
        )


@pytest.mark.group("ignore")
def test_labels_are_left_alone(student, draw):
    labels = only(draw.integers(1, 6, 3, 5), [(2, 4), (1, 5), (3, 4)])
    unchanged(
        student.sequence_logps,
        draw.normal(3, 5, 6),
        labels,
        en="sequence_logps of labels that hold -100",
        fr="sequence_logps de labels qui contiennent -100",
    )


@pytest.mark.group("ignore")
def test_the_token_0_is_a_token(student, draw):
    logps = row_sums(student, draw.normal(3, 4, 5), torch.zeros(3, 4, dtype=torch.int64))
    expect(
        bool((logps != 0).all()),
        en="a text of nothing but token 0 adds nothing to your sums, though only -100 is to be ignored",
        fr="un texte fait du seul token 0 n'ajoute rien à vos sommes, alors que seul -100 est à ignorer",
    )


@pytest.mark.group("dpo")
def test_implicit_rewards_match_reference_and_formula(student, reference, draw):
    for rows, beta in ((1, 0.1), (4, 0.5), (6, 2.0)):
        policy, _, frozen, _ = log_probabilities(draw, rows)
        rewards = student.implicit_rewards(policy, frozen, beta)
        for expected in (
            reference.implicit_rewards(policy, frozen, beta),
            torch.log((policy.double() - frozen.double()).exp()) * beta,
        ):
            close(rewards, expected, SUM, en="implicit_rewards", fr="implicit_rewards")


@pytest.mark.group("dpo")
def test_dpo_loss_matches_reference_and_logsigmoid(student, reference, draw):
    student = student.using(reward_loss=reference.reward_loss)
    for rows, beta in ((1, 0.1), (2, 0.3), (5, 0.5), (8, 1.0)):
        pairs = log_probabilities(draw, rows)
        loss = student.dpo_loss(*pairs, beta)
        now, then = pairs[0] - pairs[1], pairs[2] - pairs[3]
        for expected in (reference.dpo_loss(*pairs, beta), preference_oracle(beta * (now.double() - then))):
            close(loss, expected, SUM, en="dpo_loss", fr="dpo_loss")


@pytest.mark.group("dpo")
def test_equal_models_pay_ln_2_and_have_no_reward(student, reference, draw):
    student = student.using(reward_loss=reference.reward_loss)
    for beta in (0.1, 0.7, 3.0):
        _, _, chosen, rejected = log_probabilities(draw, 4)
        close(
            student.dpo_loss(chosen, rejected, chosen, rejected, beta),
            math.log(2.0),
            FLOAT32,
            en="dpo_loss when the policy equals the reference",
            fr="dpo_loss quand la politique est égale à la référence",
        )
        close(
            student.implicit_rewards(chosen, chosen, beta),
            torch.zeros(4),
            EXACT,
            en="implicit_rewards when the policy equals the reference",
            fr="implicit_rewards quand la politique est égale à la référence",
        )


@pytest.mark.group("dpo")
def test_the_best_policy_for_a_reward_has_that_reward_model_s_loss(student, reference, draw):
    student = student.using(reward_loss=reference.reward_loss)
    worth, before, beta = draw.normal(12), draw.normal(12).log_softmax(dim=0), 0.4
    after = (before + worth / beta).log_softmax(dim=0)
    chosen, rejected = draw.integers(0, 6, 5), draw.integers(6, 12, 5)
    close(
        student.dpo_loss(after[chosen], after[rejected], before[chosen], before[rejected], beta),
        preference_oracle(worth[chosen] - worth[rejected]),
        SUM,
        en="dpo_loss of the best policy for a reward, against the loss of that reward itself",
        fr="dpo_loss de la meilleure politique pour une récompense, comparé à la perte de cette récompense",
    )


@pytest.mark.group("large")
def test_large_rewards(student, draw):
    top, bottom = draw.uniform(1, low=300.0, high=1000.0), draw.uniform(1, low=-1000.0, high=-600.0)
    en, fr = "reward_loss of rewards up to ±1000", "reward_loss de récompenses jusqu'à ±1000"
    for higher, lower in ((top, bottom), (top.double(), bottom.double()), (top, top - 150.0), (bottom + 200.0, bottom)):
        ends = sorted(
            abs(float(number(student.reward_loss(*pair), en, fr))) for pair in ((higher, lower), (lower, higher))
        )
        close(ends[0], 0.0, FAR, en=en, fr=fr)
        close(ends[1], (higher - lower)[0], FAR, en=en, fr=fr)
    for gradient in gradients(student.reward_loss, torch.cat([bottom, top]), torch.cat([top, bottom]), wrt=(0, 1)):
        finite(gradient, en=f"gradient of {en}", fr=f"le gradient de {fr}")


@pytest.mark.group("large")
def test_large_logits(student, draw):
    # Multiples of 1/64 stay exact in float32 when 10,000 is added to them.
    logits, labels = (64.0 * draw.normal(3, 5, 7)).round() / 64.0, draw.integers(1, 7, 3, 5)
    en, fr = "sequence_logps for logits around ±10,000", "sequence_logps pour des logits autour de ±10 000"
    own = number(student.sequence_logps(logits, labels), "sequence_logps", "sequence_logps")
    for constant in (1e4, -1e4):
        close(number(student.sequence_logps(logits + constant, labels), en, fr), own, FAR_LOGITS, en=en, fr=fr)
    far = torch.tensor([1e4, -1e4, 0.0])[draw.integers(0, 3, 3, 5, 7)]
    finite(student.sequence_logps(far, labels), en=en, fr=fr)


@pytest.mark.group("large")
def test_long_answers(student, draw):
    finite(
        student.sequence_logps(draw.normal(2, 400, 20), draw.integers(1, 20, 2, 400)),
        en="sequence_logps of answers of 400 tokens",
        fr="sequence_logps de réponses de 400 tokens",
    )


@pytest.mark.group("large")
def test_policies_far_from_their_reference(student, reference, draw):
    student = student.using(implicit_rewards=reference.implicit_rewards)
    chosen, rejected = -draw.uniform(2, 3, low=1.0, high=9.0)
    for pairs in ((chosen, rejected - 900.0), (chosen - 900.0, rejected)):
        finite(
            student.dpo_loss(*pairs, chosen, rejected, 1.0),
            en="dpo_loss of a policy far from its reference",
            fr="dpo_loss d'une politique loin de sa référence",
        )


def follows_its_slope(draw, function, args, wrt, name):
    """Holds when the student's gradients are the slopes of the student's own function, along a random direction."""
    found = gradients(function, *args, wrt=wrt)
    towards = {position: draw.normal(*args[position].shape, dtype=torch.float64) for position in wrt}
    along = torch.zeros((), dtype=torch.float64)
    for position, gradient in zip(wrt, found, strict=True):
        expect(
            gradient is not None,
            en=f"no gradient flows from {name} to an argument that is to be learned",
            fr=f"aucun gradient ne remonte de {name} à un argument qui doit s'apprendre",
        )
        shape(gradient, args[position].shape, en=f"gradient of {name}", fr=f"le gradient de {name}")
        along = along + (gradient.double() * towards[position]).sum()
    ahead, behind = (
        number(function(*(a + step * towards[i] if i in towards else a for i, a in enumerate(args))), name, name)
        for step in (0.01, -0.01)
    )
    close(
        along,
        (ahead - behind) / 0.02,
        SLOPE,
        en=f"gradient of {name} along a direction, against the slope of your own function",
        fr=f"le gradient de {name} le long d'une direction, comparé à la pente de votre propre fonction",
    )


@pytest.mark.group("gradients")
def test_gradients_are_the_slopes_of_the_functions(student, draw):
    follows_its_slope(draw, student.reward_loss, tuple(draw.normal(2, 5, dtype=torch.float64)), (0, 1), "reward_loss")
    logits, labels = draw.normal(3, 5, 6, dtype=torch.float64), draw.integers(1, 6, 3, 5)
    follows_its_slope(draw, student.sequence_logps, (logits, labels), (0,), "sequence_logps")
    pairs = tuple(draw.normal(4, 5, dtype=torch.float64, scale=0.5))
    follows_its_slope(draw, student.implicit_rewards, (*pairs[:2], 0.7), (0,), "implicit_rewards")
    follows_its_slope(draw, student.dpo_loss, (*pairs, 0.7), (0, 1), "dpo_loss")


@pytest.mark.group("gradients")
def test_the_reference_is_frozen(student, draw):
    pairs = draw.normal(4, 5, dtype=torch.float64)
    for function, args, wrt, frozen in (
        (student.implicit_rewards, pairs[:2], (0, 1), slice(1, None)),
        (student.dpo_loss, pairs, (0, 1, 2, 3), slice(2, None)),
    ):
        for gradient in gradients(function, *args, 0.7, wrt=wrt)[frozen]:
            expect(
                gradient is None or bool((gradient == 0).all()),
                en="a gradient flows to the reference, which is frozen: take its values only",
                fr="un gradient remonte à la référence, qui est figée : n'en prenez que les valeurs",
            )


@pytest.mark.group("gradients")
def test_inputs_are_left_alone(student, draw):
    first, second, third, fourth = draw.normal(4, 5)
    for name, args in (
        ("reward_loss", (first, second)),
        ("sequence_logps", (draw.normal(3, 5, 6), draw.integers(1, 6, 3, 5))),
        ("implicit_rewards", (first, second, 0.7)),
        ("dpo_loss", (first, second, third, fourth, 0.7)),
    ):
        unchanged(getattr(student, name), *args, en=name, fr=name)
