"""Hidden suite of `decoding`.

Covers greedy and temperature, top-k, top-p, the three together, inversion of a number into a token, the loop that
writes, arguments left alone, dtypes and gradients. Each group looks at one of these alone: what a function builds on
is the reference's, and gradients are compared with the slopes of the student's own functions. The oracle compares
every token with every other in float64, by NumPy, and sorts nothing; no draw comes near a border.
Does not cover speed, and sums that equal p.
"""

import math

import numpy as np
import pytest
import torch

from autograder.checks import FLOAT32, Tolerance, close, dtype, expect, gradients, raises, same, shape, unchanged

EXACT = Tolerance(0.0, 0.0, "a filter changes no logit that it leaves, and a removed token has probability 0")
SLOPE = Tolerance(1e-6, 1e-7, "central difference in float64 with a step of 1e-5: rounding counts for about 1e-10")
LARGE = Tolerance(
    0.0, 2e-3, "float32 logits of some thousands, and the logarithm of a sum of their exp, are known to 5e-4"
)
SHARE = Tolerance(0.0, 1.01 / 200, "of 200 evenly spaced numbers, a token gets its share up to one")

INF = math.inf
# The partial sums, 0.4, 0.65, 0.8, … and 0.68, 0.82, 0.9, …, are 0.03 at least from each p of PS.
FLAT, STEEP = (0.40, 0.25, 0.15, 0.10, 0.06, 0.04), (0.68, 0.14, 0.08, 0.05, 0.03, 0.02)
PS = (0.2, 0.52, 0.75, 0.86)
NEAR = 1e-4


def ladder(draw, *rows, kind=torch.float32):
    """Logits of known probabilities, each row in an order and with a shift of its own. -> [B, V]"""
    logs = torch.tensor([draw.sample(row, len(row)) for row in rows], dtype=torch.float64).log()
    return (logs + draw.normal(len(rows), 1, dtype=torch.float64)).to(kind)


def mixed(draw, kind=torch.float32):
    """`ladder` of a flat row, a steep one and a flat one. -> [3, 6]"""
    return ladder(draw, FLAT, STEEP, FLAT, kind=kind)


# The oracle


def by_hand(logits, **settings):
    """The probabilities drawn from. logits: [B, V] -> float64 array [B, V]"""
    return softmax(filtered(logits, **settings))


def filtered(logits, temperature=1.0, top_k=None, top_p=None):
    """The logits after the three settings, token against token. logits: [B, V] -> float64 array [B, V]"""
    x = np.asarray(logits.double())
    first = np.arange(x.shape[1]) == x.argmax(axis=1)[:, None]
    x = x / temperature if temperature else np.where(first, x, -INF)
    if top_k is not None:
        x = np.where(better(x).sum(axis=2) < top_k, x, -INF)
    if top_p is not None and top_p != 1:
        held = (better(x) * softmax(x)[:, None, :]).sum(axis=2)
        x = np.where((held < top_p) | ~better(x).any(axis=2), x, -INF)
    return x


def better(x):
    """bool [B, V, V]: in row b, has token j a higher logit than token i?"""
    return x[:, None, :] > x[:, :, None]


def softmax(x):
    weights = np.exp(x - x.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def token_by_hand(probs, number):
    """The id of the token on which the number falls. probs: float64 array [V]"""
    ends = np.cumsum(probs)
    return int(min(np.searchsorted(ends, number, side="right"), np.flatnonzero(probs)[-1]))


# The best token, and the temperature


@pytest.mark.group("temperature")
def test_greedy_takes_the_first_of_the_best(student, reference, draw):
    distinct = mixed(draw)
    equals = torch.tensor([draw.sample([4.0, 4.0, 4.0, 1.0, -2.0, -INF], 6) for _ in range(3)])
    for logits in (distinct, equals, equals.double().T.contiguous().T, draw.normal(2, 1), draw.normal(1, 4)):
        best = student.greedy(logits)
        shape(best, (len(logits),), en="greedy", fr="greedy")
        dtype(best, torch.int64, en="greedy", fr="greedy")
        same(best, reference.greedy(logits), en="greedy", fr="greedy")
        same(best, torch.from_numpy(np.asarray(logits).argmax(axis=1)), en="greedy", fr="greedy")


@pytest.mark.group("temperature")
def test_temperature_divides_the_logits(student, reference, draw):
    student = student.using(greedy=reference.greedy)
    logits = mixed(draw)
    logits[0, draw.integer(0, 6)] = -INF
    for temperature in (1.0, 2, 0.25, float(draw.uniform(1, low=1.5, high=3.0)), 1e-3):
        changed = student.apply_temperature(logits, temperature)
        for right in (reference.apply_temperature(logits, temperature), logits.double() / temperature):
            close(
                changed,
                right,
                Tolerance(1e-6, 1e-6, "one or two roundings in float32"),
                en="logits after a positive temperature",
                fr="les logits après une température positive",
            )


@pytest.mark.group("temperature")
def test_temperature_zero_leaves_what_greedy_picks(student, reference, draw):
    student = student.using(greedy=reference.greedy)
    equals = torch.tensor([draw.sample([4.0, 4.0, 4.0, 1.0, -2.0, -INF], 6) for _ in range(3)])
    for logits, en, fr in (
        (mixed(draw), "", ""),
        (equals, ", with equals", ", avec des ex aequo"),
        (draw.normal(2, 1), ", with a vocabulary of one token", ", avec un vocabulaire d'un seul token"),
    ):
        changed = student.apply_temperature(logits, 0.0)
        close(
            changed,
            filtered(logits, temperature=0),
            EXACT,
            en=f"logits at temperature 0{en}",
            fr=f"les logits à la température 0{fr}",
        )
        close(
            student.apply_temperature(logits, 0),
            reference.apply_temperature(logits, 0.0),
            EXACT,
            en=f"logits at temperature 0{en}",
            fr=f"les logits à la température 0{fr}",
        )


@pytest.mark.group("temperature")
def test_negative_temperature_is_refused(student, draw):
    for temperature in (-1.0, -1e-3):
        raises(
            "ValueError",
            student.apply_temperature,
            mixed(draw),
            temperature,
            en="a negative temperature",
            fr="une température négative",
        )


# Top-k


def check_top_k(student, reference, logits, k, en, fr):
    left = student.top_k_filter(logits, k)
    for right in (reference.top_k_filter(logits, k), filtered(logits, top_k=k)):
        close(left, right, EXACT, en=f"what top-k leaves{en}", fr=f"ce que laisse le top-k{fr}", picture=True)


@pytest.mark.group("top-k")
def test_top_k_leaves_the_k_best_of_each_row(student, reference, draw):
    logits = mixed(draw)
    logits[1] += 20.0
    for k in (1, 2, 4):
        check_top_k(student, reference, logits, k, "", "")
        check_top_k(
            student,
            reference,
            logits[:1],
            k,
            " in a batch of one row",
            " dans un lot d'une seule ligne",
        )


@pytest.mark.group("top-k")
def test_top_k_never_separates_equals(student, reference, draw):
    rows = ([5.0, 3.0, 3.0, 3.0, 2.0, 1.0], [4.0, 4.0, 4.0, 0.0, 0.0, -1.0])
    logits = torch.tensor([draw.sample(row, 6) for row in rows])
    for k, kind in (*((k, torch.float32) for k in range(1, 6)), (2, torch.bfloat16)):
        check_top_k(student, reference, logits.to(kind), k, ", with equals", ", avec des ex aequo")


@pytest.mark.group("top-k")
def test_top_k_larger_than_the_vocabulary_leaves_all(student, reference, draw):
    for logits in (mixed(draw), draw.normal(2, 1)):
        for k in (logits.shape[1], logits.shape[1] + 1, 50):
            check_top_k(
                student,
                reference,
                logits,
                k,
                " when k is the size of the vocabulary or more",
                " quand k vaut la taille du vocabulaire ou plus",
            )


@pytest.mark.group("top-k")
def test_top_k_after_another_filter_and_in_any_layout(student, reference, draw):
    logits = mixed(draw)
    for row in logits:
        row[draw.sample(range(6), 3)] = -INF
    for k in (2, 3, 5):
        check_top_k(
            student,
            reference,
            logits,
            k,
            " of a row of which some tokens are already removed",
            " d'une ligne dont certains tokens sont déjà retirés",
        )
    turned = draw.normal(6, 3, dtype=torch.float64).T
    check_top_k(student, reference, turned, 2, " of a transposed tensor", " d'un tenseur transposé")


@pytest.mark.group("top-k")
def test_top_k_below_one_is_refused(student, draw):
    for k in (0, -1):
        raises("ValueError", student.top_k_filter, mixed(draw), k, en="k below 1", fr="k inférieur à 1")


# Top-p


def check_top_p(student, reference, logits, p, en, fr):
    left = student.top_p_filter(logits, p)
    for right in (reference.top_p_filter(logits, p), filtered(logits, top_p=p)):
        close(left, right, EXACT, en=f"what top-p leaves{en}", fr=f"ce que laisse le top-p{fr}", picture=True)


@pytest.mark.group("top-p")
def test_top_p_leaves_as_many_as_reach_p(student, reference, draw):
    logits = mixed(draw)
    for p in PS:
        left = student.top_p_filter(logits, p)
        shape(left, logits.shape, en="what top-p leaves", fr="ce que laisse le top-p")
        some = torch.as_tensor(left).amax(dim=1) > -INF
        expect(
            bool(some.all()),
            en="your top-p leaves nothing of a row: the token with which the sum reaches p is in",
            fr="votre top-p ne laisse rien d'une ligne : le token avec lequel la somme atteint p est admis",
        )
        check_top_p(student, reference, logits, p, "", "")


@pytest.mark.group("top-p")
def test_top_p_never_separates_equals(student, reference, draw):
    rows = ((0.4, 0.2, 0.2, 0.2), (0.2, 0.2, 0.3, 0.3))
    for p in (0.0, 0.5, 0.7):
        logits = torch.tensor([draw.sample(row, 4) for row in rows]).log() + 1.0
        for kind in (torch.float32, torch.bfloat16):
            check_top_p(student, reference, logits.to(kind), p, ", with equals", ", avec des ex aequo")


@pytest.mark.group("top-p")
def test_top_p_zero_leaves_the_best(student, reference, draw):
    for logits in (mixed(draw), draw.normal(2, 1)):
        check_top_p(student, reference, logits, 0.0, " for p = 0", " pour p = 0")
        check_top_p(student, reference, logits, 0, " for p = 0", " pour p = 0")


@pytest.mark.group("top-p")
def test_top_p_one_removes_nothing(student, reference, draw):
    # In float32, exp(-200) is 0: the sum is 1 long before the last token.
    logits = torch.tensor([draw.sample([0.0, -200.0, -900.0, -1.0, -INF], 5) for _ in range(2)])
    for p in (1.0, 1):
        check_top_p(student, reference, logits, p, " for p = 1", " pour p = 1")


@pytest.mark.group("top-p")
def test_top_p_just_below_one_leaves_all_that_counts(student, reference, draw):
    # The rounded sum of the whole row stays below 1, and 1 - 1e-9 is 1 in float32.
    logits, total = None, 1.0
    while total >= 1:
        logits = mixed(draw)
        total = float(logits.sort(dim=-1, descending=True).values.softmax(-1).cumsum(-1)[:, -1].min())
    check_top_p(student, reference, logits, 1 - 1e-9, " for p just below 1", " pour p juste en dessous de 1")


@pytest.mark.group("top-p")
def test_top_p_of_logits_of_thousands(student, reference, draw):
    logits = mixed(draw)
    shift = torch.tensor(draw.sample([4000.0, -4000.0, 100.0], 3))[:, None]
    for p in PS:
        check_top_p(student, reference, logits + shift, p, " of large logits", " de grands logits")


@pytest.mark.group("top-p")
def test_top_p_after_another_filter_and_in_any_layout(student, reference, draw):
    # The removed ones are the best: what is left must share 1 anew. From FLAT: 0.42, 0.70, 0.87, 1; from STEEP: the same
    # tokens in other proportions.
    logits = mixed(draw)
    logits.scatter_(1, logits.topk(2).indices, -INF)
    for p in (0.3, 0.6, 0.8):
        check_top_p(
            student,
            reference,
            logits,
            p,
            " of a row of which some tokens are already removed",
            " d'une ligne dont certains tokens sont déjà retirés",
        )
    turned = mixed(draw, torch.float64).T.contiguous().T
    check_top_p(student, reference, turned, 0.75, " of a transposed tensor", " d'un tenseur transposé")
    narrow = mixed(draw, torch.bfloat16)
    check_top_p(student, reference, narrow, 0.52, " of logits in bfloat16", " de logits en bfloat16")


@pytest.mark.group("top-p")
def test_top_p_outside_zero_one_is_refused(student, draw):
    for p in (-0.1, 1.1, 90.0):
        raises("ValueError", student.top_p_filter, mixed(draw), p, en="p outside [0, 1]", fr="p hors de [0, 1]")


# All together

SETTINGS = ("greedy", "apply_temperature", "top_k_filter", "top_p_filter")


def with_filters(student, reference):
    """The student with the reference's three settings, so that only how they are put together is looked at."""
    return student.using(**{name: getattr(reference, name) for name in SETTINGS})


def check_probs(student, reference, logits, en, fr, tolerance=FLOAT32, **settings):
    probs = student.next_token_probs(logits, **settings)
    hand = by_hand(logits, **settings)
    for right in (reference.next_token_probs(logits, **settings), hand):
        close(probs, right, tolerance, en=f"probabilities{en}", fr=f"les probabilités{fr}", picture=True)
    expect(
        bool((torch.as_tensor(probs)[torch.from_numpy(hand == 0)] == 0).all()),
        en="a token that was removed has a probability above 0: it must be exactly 0",
        fr="un token retiré a une probabilité supérieure à 0 : elle doit être exactement nulle",
    )


@pytest.mark.group("distribution")
def test_each_setting_alone_and_none(student, reference, draw):
    student = with_filters(student, reference)
    logits = mixed(draw)
    check_probs(student, reference, logits, " without settings", " sans réglages")
    for settings, en, fr in (
        ({"temperature": 0.5}, "a temperature", "une température"),
        ({"top_k": 2}, "top-k", "un top-k"),
        ({"top_p": 0.75}, "top-p", "un top-p"),
    ):
        check_probs(student, reference, logits, f" with {en} alone", f" avec {fr} seul", **settings)


@pytest.mark.group("distribution")
def test_temperature_comes_before_top_p(student, reference, draw):
    # At temperature 2: sums 0.55, 0.82, 1; at temperature 1: 0.73, 0.92, 1. At 1/2: 0.93 and more.
    logits = ladder(draw, (36 / 49, 9 / 49, 4 / 49), (36 / 49, 9 / 49, 4 / 49))
    for temperature, p in ((2.0, 0.87), (2.0, 0.65), (0.5, 0.8)):
        check_probs(
            with_filters(student, reference),
            reference,
            logits,
            " with a temperature and top-p",
            " avec une température et un top-p",
            temperature=temperature,
            top_p=p,
        )


@pytest.mark.group("distribution")
def test_top_k_comes_before_top_p(student, reference, draw):
    # Of FLAT, top-k 2 leaves 0.62 and 0.38: top-p 0.55 then needs the first only; without top-k it needs two.
    logits = ladder(draw, FLAT, FLAT)
    for k, p in ((2, 0.55), (3, 0.75), (4, 0.85)):
        check_probs(
            with_filters(student, reference),
            reference,
            logits,
            " with top-k and top-p",
            " avec un top-k et un top-p",
            top_k=k,
            top_p=p,
        )


@pytest.mark.group("distribution")
def test_all_three_together(student, reference, draw):
    # At temperature 2, FLAT becomes 0.29, 0.23, 0.18, 0.15, …; of the first four, sums 0.34, 0.62, 0.83, 1.
    check_probs(
        with_filters(student, reference),
        reference,
        ladder(draw, FLAT, FLAT, kind=torch.float64),
        " with a temperature, top-k and top-p",
        " avec une température, un top-k et un top-p",
        temperature=2.0,
        top_k=4,
        top_p=0.72,
    )


@pytest.mark.group("distribution")
def test_zero_is_a_setting_and_one_is_none(student, reference, draw):
    student = with_filters(student, reference)
    equals = torch.tensor([draw.sample([3.0, 3.0, 1.0, 0.0, -1.0, -INF], 6) for _ in range(2)])
    logits = torch.cat([mixed(draw), equals])
    for settings, en, fr in (
        ({"temperature": 0.0}, "temperature 0", "la température 0"),
        (
            {"temperature": 0.0, "top_k": 2, "top_p": 0.9},
            "temperature 0 and filters",
            "la température 0 et des filtres",
        ),
        ({"top_p": 0.0}, "top-p 0", "un top-p de 0"),
        ({"top_p": 1.0, "top_k": 50}, "filters that leave everything", "des filtres qui laissent tout"),
    ):
        check_probs(student, reference, logits, f" with {en}", f" avec {fr}", **settings)


@pytest.mark.group("distribution")
def test_large_vocabularies_a_single_token_and_any_layout(student, reference, draw):
    student = with_filters(student, reference)
    check_probs(student, reference, draw.normal(2, 70), " of many tokens", " de nombreux tokens")
    check_probs(student, reference, draw.normal(3, 1), " of a single token", " d'un seul token", top_k=2, top_p=0.5)
    check_probs(
        student,
        reference,
        draw.normal(6, 2, dtype=torch.float64, scale=3.0).T,
        " of a transposed tensor",
        " d'un tenseur transposé",
        temperature=3.0,
        top_k=3,
    )
    large = mixed(draw) + torch.tensor([[3000.0], [-3000.0], [0.0]])
    settings = {"temperature": 0.5, "top_k": 4}
    check_probs(student, reference, large, " of large logits", " de grands logits", LARGE, **settings)


# The dice


def check_tokens(student, reference, probs, dice, en, fr):
    tokens = student.sample(probs, dice)
    shape(tokens, dice.shape, en="the ids", fr="les identifiants")
    dtype(tokens, torch.int64, en="the ids", fr="les identifiants")
    same(tokens, reference.sample(probs, dice), en=f"the ids{en}", fr=f"les identifiants{fr}")
    by_row = [token_by_hand(row, number) for row, number in zip(probs.double().numpy(), dice.tolist(), strict=True)]
    same(tokens.tolist(), by_row, en=f"the ids{en}", fr=f"les identifiants{fr}")


@pytest.mark.group("sample")
def test_numbers_in_the_midst_of_tokens(student, reference, draw):
    wanted = draw.sample(range(1, 6), 4)
    for kind in (torch.float32, torch.float64):
        probs = torch.tensor([[0.0, *draw.sample(FLAT[:5], 5)] for _ in range(4)], dtype=kind)
        probs = probs / probs.sum(dim=1, keepdim=True)
        ends = probs.cumsum(dim=1)
        place = draw.uniform(4, low=0.2, high=0.8, dtype=kind)
        rows = torch.arange(4)
        dice = ends[rows, torch.tensor(wanted) - 1] + place * probs[rows, wanted]
        check_tokens(student, reference, probs, dice, "", "")
        turned = probs.T.contiguous().T
        check_tokens(student, reference, turned, dice, " of a transposed tensor", " d'un tenseur transposé")


@pytest.mark.group("sample")
def test_every_token_gets_its_share_of_the_line(student, draw):
    probs = torch.tensor([*draw.sample(STEEP, 6), 0.0])
    dice = (torch.arange(200) + 0.5)[torch.tensor(draw.sample(range(200), 200))] / 200
    tokens = student.sample(probs.expand(200, 7), dice)
    shape(tokens, (200,), en="the ids", fr="les identifiants")
    close(
        (torch.as_tensor(tokens)[:, None] == torch.arange(7)).double().mean(dim=0),
        probs,
        SHARE,
        en="how often each token is taken, for numbers spread evenly",
        fr="la fréquence de chaque token, pour des nombres répartis régulièrement",
    )


@pytest.mark.group("sample")
def test_a_number_between_two_tokens_belongs_to_the_right_one(student, reference, draw):
    probs = torch.tensor([draw.sample([0.5, 0.25, 0.125, 0.125], 4) for _ in range(3)])
    for i in range(3):
        check_tokens(
            student,
            reference,
            probs,
            probs.cumsum(dim=1)[:, i],
            " for a number exactly between two tokens",
            " pour un nombre exactement entre deux tokens",
        )


@pytest.mark.group("sample")
def test_a_token_of_probability_zero_is_never_taken(student, reference, draw):
    probs = torch.tensor([[0.0, 0.0, 0.5, 0.0, 0.0, 0.5, 0.0]] * 4)
    check_tokens(
        student,
        reference,
        probs,
        torch.tensor(draw.sample([0.0, 0.25, 0.5, 0.75], 4)),
        " when some tokens have probability 0",
        " quand des tokens ont une probabilité nulle",
    )
    certain = torch.eye(5)[draw.sample(range(5), 5)]
    check_tokens(
        student,
        reference,
        certain,
        torch.tensor([0.0, 0.3, 0.5, 0.9, 1 - 2**-24]),
        " when one token has probability 1",
        " quand un token a la probabilité 1",
    )


@pytest.mark.group("sample")
def test_a_number_beyond_the_last_end_belongs_to_the_last_possible_token(student, reference, draw):
    probs = torch.tensor(
        [
            [0.5, 0.25, 0.25 - 2**-20, 0.0],
            [0.25, 0.75 - 2**-20, 0.0, 0.0],
            [0.5, 0.0, 0.0, 0.5 - 2**-20],
            [1 - 2**-20, 0.0, 0.0, 0.0],
        ]
    )
    order = draw.sample(range(4), 4)
    check_tokens(
        student,
        reference,
        probs[order],
        torch.full((4,), 1 - 2**-24),
        " for a number beyond the sum of a row",
        " pour un nombre au-delà de la somme d'une ligne",
    )


@pytest.mark.group("sample")
def test_one_row_and_one_token(student, reference, draw):
    for B in (1, 3):
        check_tokens(
            student,
            reference,
            torch.ones(B, 1),
            draw.uniform(B, high=0.99),
            " of a vocabulary of one token",
            " d'un vocabulaire d'un seul token",
        )


# The loop


class Model:
    """Logits that hang on every token read and their order; notes what it is shown.

    ends[b] = t: row b ends with its new token number t, whatever the dice, and nowhere else; None: never.
    """

    def __init__(self, draw, prompt, eos_id, ends=()):
        self.prompt, self.eos_id, self.ends, self.shown = prompt, eos_id, ends, []
        self.learn(draw)

    def learn(self, draw):
        self.table = draw.normal(13, 6, scale=1.5)

    def __call__(self, ids):
        self.shown.append(ids)
        return self.logits(ids)

    def logits(self, ids):
        """ids: int64[B, T] -> [B, 6]"""
        state = torch.zeros(len(ids), dtype=torch.int64)
        for column in ids.unbind(dim=1):
            state = (state * 5 + column + 1) % 13
        logits = self.table[state].clone()
        written = ids.shape[1] - self.prompt.shape[1]
        if 0 <= self.eos_id < 6:
            logits[:, self.eos_id] = -INF
        for row, end in zip(logits, self.ends, strict=False):
            if end == written:
                row.fill_(-INF)[self.eos_id] = 0.0
        return logits


def text_by_hand(model, dice, **settings):
    """The new tokens, by plain lists, and whether no die and no sum came near a border. dice: [B, N] -> B lists, bool"""
    texts, new, clear = model.prompt.tolist(), [[] for _ in model.prompt], True
    for numbers in dice.T.tolist():
        if all(model.eos_id in row for row in new):
            break
        logits = model.logits(torch.tensor([a + b for a, b in zip(texts, new, strict=True)]))
        probs = by_hand(logits, **settings)
        clear &= bool((np.abs(probs.cumsum(axis=1) - np.array(numbers)[:, None]) > NEAR).all())
        if settings.get("top_p"):
            around = (by_hand(logits, **settings | {"top_p": settings["top_p"] + move}) for move in (-NEAR, NEAR))
            clear &= all(np.array_equal(probs, other) for other in around)
        for row, chances, number in zip(new, probs, numbers, strict=True):
            row.append(model.eos_id if model.eos_id in row else token_by_hand(chances, number))
    return new, clear


def settled(draw, model, N, **settings):
    """Dice [B, N] that come near no border, and the text they give; the model learns anew when a border is its own."""
    while True:
        dice = draw.uniform(len(model.prompt), N, low=0.001, high=0.999)
        text, clear = text_by_hand(model, dice, **settings)
        if clear:
            return dice, torch.tensor(text, dtype=torch.int64).reshape(len(text), -1)
        model.learn(draw)


def with_parts(student, reference):
    """The student with the reference's distribution and dice, so that only the loop is looked at."""
    return student.using(**{name: getattr(reference, name) for name in (*SETTINGS, "next_token_probs", "sample")})


def check_text(student, reference, draw, model, N, en="", fr="", **settings):
    """The student's text is the right one, and the model was asked once per column, for everything written so far."""
    dice, right = settled(draw, model, N, **settings)
    new = with_parts(student, reference).generate(model, model.prompt, dice, model.eos_id, **settings)
    shown = list(model.shown)
    shape(new, right.shape, en=f"the new tokens{en}", fr=f"les nouveaux tokens{fr}")
    dtype(new, torch.int64, en=f"the new tokens{en}", fr=f"les nouveaux tokens{fr}")
    same(new, right, en=f"the new tokens{en}", fr=f"les nouveaux tokens{fr}")
    same(
        new,
        reference.generate(model, model.prompt, dice, model.eos_id, **settings),
        en=f"the new tokens{en}",
        fr=f"les nouveaux tokens{fr}",
    )
    calls, n = len(shown), right.shape[1]
    expect(
        calls == n,
        en=f"step was called {calls} times for {n} new columns{en}: once per column is enough",
        fr=f"step est appelé {calls} fois pour {n} nouvelles colonnes{fr} : une fois par colonne suffit",
    )
    for t, ids in enumerate(shown):
        same(
            ids,
            torch.cat([model.prompt, right[:, :t]], dim=1),
            en=f"what step is shown{en}",
            fr=f"ce que lit step{fr}",
        )


@pytest.mark.group("generate")
def test_writes_on_with_every_setting(student, reference, draw):
    for settings in (
        {},
        {"temperature": 0.0},
        {"temperature": 2.0, "top_k": 4, "top_p": 0.8},
        {"temperature": 0.5, "top_k": 2},
        {"top_p": 0.0},
    ):
        model = Model(draw, draw.integers(0, 6, 3, 4), -1)
        check_text(student, reference, draw, model, 5, **settings)


@pytest.mark.group("generate")
def test_ended_rows_hold_the_end_until_all_have_ended(student, reference, draw):
    for ends, N in (
        (draw.sample([0, 1, 3], 3), 7),
        (draw.sample([1, 2], 2), 3),
        ([0], 3),
    ):
        model = Model(draw, draw.integers(0, 6, len(ends), 3), draw.integer(1, 6), ends)
        check_text(student, reference, draw, model, N, " when rows end", " quand des lignes finissent")


@pytest.mark.group("generate")
def test_stops_after_the_last_column_when_a_row_does_not_end(student, reference, draw):
    model = Model(draw, draw.integers(0, 6, 3, 2), 0, draw.sample([0, None, 2], 3))
    check_text(student, reference, draw, model, 4, " when a row does not end", " quand une ligne ne finit pas")


@pytest.mark.group("generate")
def test_an_end_in_the_prompt_ends_nothing(student, reference, draw):
    eos_id = draw.integer(0, 6)
    prompt = draw.integers(0, 6, 3, 3)
    prompt[0, 2] = prompt[1, 0] = prompt[2, 1] = eos_id
    model = Model(draw, prompt, eos_id, [2, 3, 1])
    check_text(student, reference, draw, model, 6, " when a prompt holds eos_id", " quand un prompt contient eos_id")


@pytest.mark.group("generate")
def test_short_prompts_and_few_columns(student, reference, draw):
    for B, T, N in ((1, 1, 3), (2, 1, 1), (2, 3, 0), (4, 5, 2)):
        model = Model(draw, draw.integers(0, 6, B, T), -1)
        check_text(
            student,
            reference,
            draw,
            model,
            N,
            " for other numbers of rows, tokens and columns",
            " pour d'autres nombres de lignes, de tokens et de colonnes",
        )


# Invariants


def along(student, draw, name, settings):
    """Where the student's function gives numbers, its gradient is the slope of that function along a drawn way."""
    function, logits, step = getattr(student, name), mixed(draw, torch.float64), 1e-5
    out = function(logits, *settings)
    shape(out, logits.shape, en=name, fr=name)
    kept = torch.as_tensor(out).abs() < 1e6  # what is infinite, or stands for it, has no slope
    weights, way = (draw.normal(3, 6, dtype=torch.float64) * side for side in (kept, 1))
    if not bool(kept.any()):
        return
    found = gradients(function, logits, *settings, wrt=(0,), weights=weights)[0]
    totals = []
    for sign in (1, -1):
        moved = torch.as_tensor(function(logits + sign * step * way, *settings))
        totals.append(float((moved[kept] * weights[kept]).sum()))
    close(
        0.0 if found is None else float((torch.as_tensor(found) * way).sum()),
        (totals[0] - totals[1]) / (2 * step),
        SLOPE,
        en=f"gradient of {name} with respect to the logits, against the slope of your own function",
        fr=f"le gradient de {name} par rapport aux logits, comparé à la pente de votre propre fonction",
    )


FUNCTIONS = (
    ("apply_temperature", (2.0,)),
    ("top_k_filter", (2,)),
    ("top_p_filter", (0.75,)),
    ("top_p_filter", (1.0,)),
    ("next_token_probs", (2.0, 5)),
    ("next_token_probs", (0.5,)),
)


@pytest.mark.group("temperature")
def test_temperature_zero_leaves_its_input_and_the_graph_alone(student, reference, draw):
    student = student.using(greedy=reference.greedy)
    name = "apply_temperature"
    unchanged(student.apply_temperature, mixed(draw), 0.0, en=name, fr=name)
    for kind in (torch.float64, torch.bfloat16):
        dtype(student.apply_temperature(mixed(draw, kind), 0.0), kind, en=name, fr=name)
    along(student, draw, name, (0.0,))


@pytest.mark.group("invariants")
def test_logits_and_dice_are_left_alone(student, reference, draw):
    for name, settings in (*FUNCTIONS, ("greedy", ())):
        unchanged(getattr(student, name), mixed(draw), *settings, en=name, fr=name)
    probs = torch.tensor([draw.sample(FLAT, 6) for _ in range(3)])
    unchanged(student.sample, probs, draw.uniform(3, high=0.9), en="sample", fr="sample")
    model = Model(draw, draw.integers(0, 6, 2, 3), -1)
    dice = draw.uniform(2, 2, high=0.9)
    unchanged(with_parts(student, reference).generate, model, model.prompt, dice, 0, en="generate", fr="generate")


@pytest.mark.group("invariants")
def test_results_have_the_dtype_of_the_logits(student, draw):
    for name, settings in FUNCTIONS:
        for kind in (torch.float64, torch.bfloat16):
            dtype(getattr(student, name)(mixed(draw, kind), *settings), kind, en=name, fr=name)


@pytest.mark.group("invariants")
def test_gradients_are_the_slopes_of_your_own_functions(student, draw):
    for name, settings in FUNCTIONS:
        along(student, draw, name, settings)
