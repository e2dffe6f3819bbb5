"""Hidden checks of the capstone of module 2. Models learn here: their data come from the draw, the base GPT is one."""

import math
import sys
from functools import cache
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from autograder.checks import FLOAT32, Tolerance, close, dtype, expect, finite, parts, raises, same, shape, unchanged

DATA = Path(__file__).parents[2] / "course" / "data"
sys.path.insert(0, str(DATA))

import emotions
import tiny_models as tiny

EXACT = Tolerance(0.0, 0.0, "nothing is computed: the same numbers come back")
STATES = Tolerance(0.0, 1e-4, "float32 through an encoder, a mean in another order and a head")
FLOOR = 0.95  # of unseen sentences; a bag of words reaches about 0.85, the reference more than 0.99
GAIN = 0.3  # nats per character; half of what the reference gains

# ---------------------------------------------------------------- 1. classify


@pytest.mark.group("pooling")
def test_weights_are_those_of_a_mean_over_words(student, draw):
    mask = draw.mask(4, 6, keep=0.6)
    mask[1], mask[2] = torch.arange(6) < 2, torch.arange(6) == 5
    mask[3] = False
    weights = unchanged(student.mean_weights, mask, en="mean_weights", fr="mean_weights")
    shape(weights, (4, 6), en="weights", fr="les poids")
    dtype(weights, torch.float32, en="weights", fr="les poids")
    finite(weights, en="weights, with a row of no words", fr="les poids, avec une ligne sans mot")
    close(
        weights,
        torch.nan_to_num(mask / mask.sum(1, keepdim=True), nan=0.0),
        FLOAT32,
        en="weights of words and of padding",
        fr="les poids des mots et du remplissage",
        picture=True,
    )


@pytest.mark.group("pooling")
def test_weighted_sum_is_the_mean_of_the_words(student, draw):
    for length in (1, 5):
        states, mask = draw.normal(3, length, 4), draw.mask(3, length)
        weights = student.mean_weights(mask)
        shape(weights, (3, length), en="weights", fr="les poids")
        finite(weights, en="weights", fr="les poids")
        means = torch.stack([row[there].mean(0) for row, there in zip(states, mask, strict=True)])
        close(
            (weights[..., None] * states).sum(1),
            means,
            FLOAT32,
            en="sum of the states by your weights, against the mean over words",
            fr="la somme des états selon vos poids, comparée à la moyenne sur les mots",
        )


def classifying(student, reference):
    return student.using(mean_weights=reference.mean_weights)


def padded(pairs, vocabulary):
    rows = [torch.tensor([vocabulary.get(word, 1) for word in text.split()]) for text, _ in pairs]
    ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
    return ids, ids > 0, torch.tensor([emotions.EMOTIONS.index(label) for _, label in pairs])


@pytest.mark.group("classifier")
def test_logits_do_not_depend_on_padding(student, reference, draw):
    model = reference.new_classifier(12, 3, seed=draw.integer(0, 1000))
    model |= {"tokens": draw.normal(12, 32), "head": draw.normal(32, 3), "bias": draw.normal(3)}
    lengths = (7, 3, 1, 5)
    ids = draw.integers(2, 12, 4, 7)
    mask = torch.arange(7) < torch.tensor(lengths)[:, None]
    ids[~mask] = 0
    logits = unchanged(
        classifying(student, reference).class_logits, model, ids, mask, en="class_logits", fr="class_logits"
    )
    alone = []
    for row, length in zip(ids, lengths, strict=True):
        states = tiny.encoder_states(model, row[None, :length], torch.ones(1, length, dtype=torch.bool))
        alone.append(states[0].mean(0) @ model["head"] + model["bias"])
    for expected in (torch.stack(alone), reference.class_logits(model, ids, mask)):
        close(
            logits,
            expected,
            STATES,
            en="class_logits of sentences of different lengths",
            fr="class_logits de phrases de longueurs différentes",
        )


@pytest.mark.group("classifier")
def test_unseen_sentences_are_classified(student, reference, draw):
    language, seed = draw.choice(("en", "fr")), draw.integer(0, 10**6)
    seen = emotions.sentences(1500, seed, language)
    vocabulary = emotions.vocabulary([text for text, _ in seen])
    fresh = reference.new_classifier(len(vocabulary), 6, seed=draw.integer(0, 1000))
    answer = unchanged(
        classifying(student, reference).train_classifier,
        fresh,
        *padded(seen, vocabulary),
        200,
        draw.integer(0, 1000),
        en="train_classifier",
        fr="train_classifier",
    )
    trained = looked_over(answer, 200)
    expect(
        isinstance(trained, dict) and set(trained) == set(fresh),
        en="trained is a dict with the names of the model that was given",
        fr="trained est un dictionnaire avec les noms du modèle reçu",
    )
    for name, weight in fresh.items():
        shape(trained[name], weight.shape, en=f"trained weight {name}", fr=f"le poids entraîné {name}")
        finite(trained[name], en=f"trained weight {name}", fr=f"le poids entraîné {name}")
    ids, mask, labels = padded(emotions.sentences(300, seed + 1, language), vocabulary)
    with torch.no_grad():
        right = (reference.class_logits(trained, ids, mask).argmax(1) == labels).float().mean().item()
    expect(
        right >= FLOOR,
        en=f"{right:.0%} of unseen sentences are classified rightly; at least {FLOOR:.0%} are asked for",
        fr=f"{right:.0%} des phrases jamais vues sont bien classées ; il en faut au moins {FLOOR:.0%}",
    )


def looked_over(answer, steps):
    """What was trained, of the pair (trained, losses); the losses are floats, one per step, and fall."""
    trained, losses = parts(answer, 2, en="(what was trained, losses)", fr="(ce qui est entraîné, pertes)")
    expect(
        isinstance(losses, list) and len(losses) == steps and all(type(loss) is float for loss in losses),
        en="losses is a list with one Python float per step",
        fr="losses est une liste d'un float de Python par pas",
    )
    return trained


@pytest.mark.group("classifier")
def test_same_seed_trains_the_same_and_another_does_not(student, reference, draw):
    fresh = reference.new_classifier(8, 2)
    ids, labels = draw.integers(2, 8, 90, 4), draw.integers(0, 2, 90)
    told = []
    for seed in (5, 5, 6):
        answer = classifying(student, reference).train_classifier(fresh, ids, ids > 0, labels, 3, seed)
        looked_over(answer, 3)
        told.append(answer[1])
    same(
        told[1],
        told[0],
        en="losses of two trainings with one seed",
        fr="les pertes de deux entraînements de même graine",
    )
    expect(
        told[2] != told[0],
        en="two seeds give the same losses: are the batches drawn at random?",
        fr="deux graines donnent les mêmes pertes : les lots sont-ils tirés au hasard ?",
    )


# ------------------------------------------------------------------- 2. write


def by_sets(scores, temperature=1.0, top_k=None, top_p=1.0):
    """The text's four steps over ids one by one, in float64; `top_p` may be a function of the sorted sums."""
    numbers = [float(score) / temperature for score in scores]
    order = sorted(range(len(numbers)), key=lambda id: (-numbers[id], id))[:top_k]
    sizes = {id: math.exp(numbers[id] - numbers[order[0]]) for id in order}
    sums = (torch.tensor([sizes[id] for id in order], dtype=torch.float64) / sum(sizes.values())).cumsum(0).tolist()
    limit = top_p(sums) if callable(top_p) else top_p
    kept = [id for id, ahead in zip(order, [0.0, *sums], strict=False) if ahead < limit or limit == 1.0]
    total = sum(sizes[id] for id in kept)
    return torch.tensor([sizes[id] / total if id in kept else 0.0 for id in range(len(numbers))]), limit


@pytest.mark.group("filters")
def test_settings_alone_and_together(student, reference, draw):
    for temperature, top_k, place in (
        (1.0, None, None),
        (draw.choice((0.5, 0.7)), None, None),
        (draw.choice((1.5, 2.5)), None, None),
        (1.0, 4, None),
        (1.0, 1, None),
        (1.0, 40, None),
        (1.0, None, 3),
        (1.0, None, 0),
        (3.0, None, 4),
        (0.4, None, 1),
        (1.0, 6, 3),
        (2.0, 5, 2),
    ):
        scores = draw.normal(12, scale=1.5)
        # Between two sums of the sorted probabilities, so that rounding decides nothing.
        limit = 1.0 if place is None else lambda sums, at=place: (sums[at - 1] * (at > 0) + sums[at]) / 2
        expected, top_p = by_sets(scores, temperature, top_k, limit)
        found = unchanged(student.distribution, scores, temperature, top_k, top_p, en="distribution", fr="distribution")
        for right in (expected, reference.distribution(scores, temperature, top_k, top_p)):
            close(
                found,
                right,
                FLOAT32,
                en=f"probabilities at temperature {temperature}, top_k {top_k}, top_p {top_p:.3f}",
                fr=f"les probabilités à la température {temperature}, top_k {top_k}, top_p {top_p:.3f}",
            )


@pytest.mark.group("filters")
def test_equal_tokens_stay_in_their_order(student):
    for settings, expected in (
        ({"top_k": 2}, [0.5, 0.5, 0.0, 0.0]),
        ({"top_p": 0.5}, [0.5, 0.5, 0.0, 0.0]),
        ({"top_p": 0.25}, [1.0, 0.0, 0.0, 0.0]),
        ({"temperature": 0.0}, [1.0, 0.0, 0.0, 0.0]),
        ({"top_k": 3, "top_p": 0.5}, [0.5, 0.5, 0.0, 0.0]),
    ):
        close(
            student.distribution(torch.full((4,), 1.5), **settings),
            torch.tensor(expected),
            FLOAT32,
            en="probabilities of four equal tokens after a filter",
            fr="les probabilités de quatre tokens égaux après un filtre",
        )


@pytest.mark.group("filters")
def test_extreme_scores_and_temperatures(student, draw):
    scores = draw.normal(5)
    scores[3] = 10.0
    close(
        student.distribution(scores, temperature=0.0, top_p=0.3),
        torch.tensor([0.0, 0.0, 0.0, 1.0, 0.0]),
        EXACT,
        en="probabilities at temperature 0",
        fr="les probabilités à la température 0",
    )
    far = torch.tensor([1e4, -1e4, 1e4, -math.inf])
    for top_p in (1.0, 0.9):
        close(
            student.distribution(far, top_p=top_p),
            torch.tensor([0.5, 0.0, 0.5, 0.0]),
            FLOAT32,
            en="probabilities for scores of ±10,000 and -inf",
            fr="les probabilités pour des scores de ±10 000 et -inf",
        )
    raises(
        "ValueError",
        student.distribution,
        scores,
        -0.5,
        en="a temperature below 0",
        fr="une température négative",
    )


def writing(student, reference):
    return student.using(distribution=reference.distribution)


@pytest.mark.group("generation")
def test_text_is_that_of_the_reference_with_the_same_dice(student, reference, draw):
    table = draw.normal(9, 9, scale=2.0)

    def model(ids):
        return table[ids].cumsum(1)  # what came before counts too

    beginning = draw.integers(0, 9, 3).tolist()
    for settings in (
        {},
        {"temperature": 0.0},
        {"temperature": 1.7},
        {"top_k": 3, "temperature": 1.3},
        {"top_p": 0.7, "temperature": 2.0},
    ):
        dice = draw.uniform(8)
        written = writing(student, reference).generate(model, beginning, dice, 20, **settings)
        same(
            written,
            reference.generate(model, beginning, dice, 20, **settings),
            en="new ids for given dice",
            fr="les nouveaux ids pour des dés donnés",
        )


@pytest.mark.group("generation")
def test_model_reads_the_last_ids_only(student, reference, draw):
    read = []

    def model(ids):
        read.append(tuple(ids.shape))
        return F.one_hot(ids.cumsum(1) % 7, 7) * 12.0

    beginning = draw.integers(0, 7, 6).tolist()
    dice = draw.uniform(5, low=0.3, high=0.7)
    written = unchanged(writing(student, reference).generate, model, beginning, dice, 4, en="generate", fr="generate")
    expect(
        bool(read) and all(len(dims) == 2 and dims[0] == 1 and dims[1] <= 4 for dims in read),
        en="the model is given one row of at most `context` ids",
        fr="le modèle reçoit une ligne d'au plus `context` ids",
    )
    text = list(beginning)
    for _ in range(5):
        text.append(sum(text[-4:]) % 7)
    same(written, text[6:], en="new ids with a short context", fr="les nouveaux ids avec un contexte court")


@pytest.mark.group("generation")
def test_generation_ends_at_the_stop_token_or_with_the_dice(student, reference, draw):
    def model(ids):
        return 30.0 * F.one_hot((ids + 1) % 6, 6)

    start = draw.integer(0, 6)
    dice = draw.uniform(5, low=0.2, high=0.8)
    for stop, count in ((None, 5), ((start + 4) % 6, 3), ((start + 1) % 6, 0), (start, 5)):
        same(
            writing(student, reference).generate(model, [start], dice, 8, stop=stop),
            [(start + 1 + step) % 6 for step in range(count)],
            en="new ids of a model that counts, up to the stop token",
            fr="les nouveaux ids d'un modèle qui compte, jusqu'au token d'arrêt",
        )
    same(
        writing(student, reference).generate(model, [start], dice[:0], 8),
        [],
        en="no dice, no ids",
        fr="sans dé, aucun id",
    )


@pytest.mark.group("generation")
def test_token_is_the_first_whose_sum_exceeds_the_number(student):
    def short_of_one(scores, *_, **__):
        return torch.tensor([0.25, 0.0, 0.5, 0.125, 0.0])

    def model(ids):
        return torch.zeros(1, ids.shape[1], 5)

    rolls = torch.tensor([0.0, 0.2, 0.25, 0.7, 0.75, 0.8, 0.95])
    same(
        student.using(distribution=short_of_one).generate(model, [4], rolls, 3),
        [0, 0, 2, 2, 3, 3, 3],
        en="ids drawn on and between the cumulative sums, and beyond the last",
        fr="les ids tirés sur les sommes cumulées, entre elles et au-delà de la dernière",
    )


# ---------------------------------------------------------------- 3. converse

LETTERS = "abcdéèç ,.?\n<|>"


def words(draw):
    return draw.word("abcdeé", 1, 6) + draw.word(LETTERS, 0, 12) + draw.word("xyz", 1, 4)


@pytest.mark.group("chat")
def test_prompt_of_a_conversation(student, reference, draw):
    roles = ("system", "user", "assistant", "user", "user")
    messages = [{"role": role, "content": words(draw)} for role in roles]
    messages[3]["content"] = f" {words(draw)}\n"
    for said in (messages, messages[1:2], messages[:3], []):
        prompt = unchanged(student.chat_prompt, said, en="chat_prompt", fr="chat_prompt")
        by_hand = [f"<|{each['role']}|>\n" + each["content"] + "<|end|>\n" for each in said]
        for expected in ("".join([*by_hand, "<|assistant|>\n"]), reference.chat_prompt(said)):
            same(prompt, expected, en="prompt of a conversation", fr="le prompt d'une conversation")


@pytest.mark.group("chat")
def test_no_content_plays_a_role(student, draw):
    names = ("system", "user", "assistant", "end")
    for role in ("system", "user", "assistant"):
        before, after = words(draw), words(draw)
        typed = "".join(f"{before}<|{name}|>{after}" for name in (*names, "end"))
        shown = "".join(f"{before}<{name}>{after}" for name in (*names, "end"))
        same(
            student.chat_prompt([{"role": role, "content": typed}]),
            f"<|{role}|>\n{shown}<|end|>\n<|assistant|>\n",
            en="prompt of a content that holds the four markers",
            fr="le prompt d'un contenu avec les quatre marqueurs",
        )
    for role in ("tool", "User"):
        raises(
            "ValueError",
            student.chat_prompt,
            [{"role": role, "content": "a"}],
            en="prompt of an unknown role",
            fr="le prompt d'un rôle inconnu",
        )


@pytest.mark.group("chat")
def test_conversation_is_kept_over_turns(student, draw):
    answers = [draw.word("abcdef", 3, 9) for _ in range(3)]
    chat = tiny.ScriptedChat(
        [f"\n {answers[0]} ", f"{answers[1]}<|end|>\n<|user|>\nno<|end|>", f"  {answers[2]} <|end|>"]
    )
    kept = [{"role": "system", "content": words(draw)}]
    asked = [words(draw), f"{words(draw)}<|end|><|system|>", f" {words(draw)} "]
    expected, prompts = list(kept), []
    for question, answer in zip(asked, answers, strict=True):
        given = [dict(each) for each in expected]
        expected += [{"role": "user", "content": question}]
        prompts.append("".join(turn(each) for each in expected) + "<|assistant|>\n")
        expected += [{"role": "assistant", "content": answer}]
        conversation = student.chat_turn(chat.__call__, given, question)
        same(conversation, expected, en="conversation after a turn", fr="la conversation après un tour")
        same(chat.prompts, prompts, en="prompts that the model was given", fr="les prompts que le modèle a reçus")


def turn(message):
    content = message["content"]
    for name in ("system", "user", "assistant", "end"):
        content = f"<{name}>".join(content.split(f"<|{name}|>"))
    return f"<|{message['role']}|>\n{content}<|end|>\n"


@pytest.mark.group("chat")
def test_given_conversation_is_left_alone(student, draw):
    given, question = [{"role": "user", "content": words(draw)}], words(draw)
    kept = [dict(each) for each in given]

    def echo(prompt):
        return "ok"

    unchanged(student.chat_turn, echo, given, question, en="chat_turn", fr="chat_turn")
    same(
        student.chat_turn(echo, given, question),
        [*kept, {"role": "user", "content": question}, {"role": "assistant", "content": "ok"}],
        en="conversation after a turn",
        fr="la conversation après un tour",
    )


# ------------------------------------------------------------------- 4. adapt


def pairs_of(adapters, params, names, rank):
    """The factors by name, once they are known to be tensors of the right shapes."""
    expect(
        isinstance(adapters, dict) and set(adapters) == set(names),
        en="adapters are a dict with the names that were asked for",
        fr="les adaptateurs sont un dictionnaire avec les noms demandés",
    )
    found = {}
    for name in names:
        A, B = parts(adapters[name], 2, en="(A, B)", fr="(A, B)")
        shape(A, (params[name].shape[0], rank), en="A", fr="A")
        shape(B, (rank, params[name].shape[1]), en="B", fr="B")
        finite(A, en="A", fr="A")
        finite(B, en="B", fr="B")
        found[name] = A, B
    return found


@pytest.mark.group("adapters")
def test_fresh_adapters_are_random_and_change_nothing(student, draw):
    params = {name: draw.normal(*dims) for name, dims in (("q0", (64, 48)), ("k0", (64, 48)), ("up0", (80, 64)))}
    params["end"] = draw.normal(64)
    names = ["up0", "q0", "k0"]
    for rank in (4, 9):
        answer = unchanged(student.fresh_adapters, params, names, rank, 3, en="fresh_adapters", fr="fresh_adapters")
        found = pairs_of(answer, params, names, rank)
        for A, B in found.values():
            close(B, torch.zeros(B.shape), EXACT, en="a fresh B", fr="une B neuve")
            # 256 numbers at least: five standard errors are less than a quarter.
            expect(
                0.75 < float(A.std()) * rank**0.5 < 1.25 and abs(float(A.mean())) * rank**0.5 < 0.35,
                en="a fresh A is normal, around 0, of standard deviation 1/√rank",
                fr="une A neuve est normale, autour de 0, d'écart-type 1/√rang",
            )
        expect(
            not torch.equal(found["q0"][0], found["k0"][0]),
            en="two weights of one shape are given the same A",
            fr="deux poids de même forme reçoivent la même A",
        )
        again = pairs_of(student.fresh_adapters(params, names, rank, 3), params, names, rank)
        other = pairs_of(student.fresh_adapters(params, names, rank, 4), params, names, rank)
        close(again["q0"][0], found["q0"][0], EXACT, en="A from the same seed", fr="A de la même graine")
        expect(
            not torch.equal(other["q0"][0], found["q0"][0]),
            en="two seeds give the same A",
            fr="deux graines donnent la même A",
        )


@pytest.mark.group("adapters")
def test_numbers_are_counted(student, draw):
    rank, d_in, d_out = draw.integer(2, 5), draw.integer(5, 9), draw.integer(10, 14)
    pair = draw.normal(d_in, rank), draw.normal(rank, d_out)
    for count in (0, 1, 3):
        same(
            student.count_numbers({f"q{n}": pair for n in range(count)}),
            count * rank * (d_in + d_out),
            en="numbers in the adapters",
            fr="le compte des nombres des adaptateurs",
        )


@pytest.mark.group("adaptation")
def test_merged_weight_does_what_base_and_adapter_do_side_by_side(student, reference, draw):
    params = {"q0": draw.normal(7, 5), "up0": draw.normal(6, 8), "end": draw.normal(4)}
    rank, alpha = draw.integer(2, 4), draw.choice((1.0, 5.0, 16.0))
    adapters = {
        name: (draw.normal(params[name].shape[0], rank), draw.normal(rank, params[name].shape[1]))
        for name in ("q0", "up0")
    }
    model = unchanged(student.merged, params, adapters, alpha, en="merged", fr="merged")
    expect(
        isinstance(model, dict) and set(model) == set(params),
        en="the merged model has the names of the base",
        fr="le modèle fusionné a les noms de la base",
    )
    close(model["end"], params["end"], EXACT, en="weight without an adapter", fr="un poids sans adaptateur")
    for name, (A, B) in adapters.items():
        shape(model[name], params[name].shape, en="merged weight", fr="le poids fusionné")
        x = draw.normal(3, len(A))
        close(
            model[name],
            reference.merged(params, adapters, alpha)[name],
            STATES,
            en="merged weight",
            fr="le poids fusionné",
        )
        close(
            x @ model[name],
            x @ params[name] + (x @ A) @ B * (alpha / rank),
            Tolerance(1e-4, 1e-3, "float32: products of up to 8 terms with a scale of up to 8"),
            en="result of the merged weight, against base and adapter side by side",
            fr="le résultat du poids fusionné, comparé à la base et à l'adaptateur côte à côte",
        )


@cache
def english_gpt():
    """A small GPT that has read English fables, and knows the characters of French; the same in every run."""
    english, french = (text_of(language) for language in ("en", "fr"))
    model, _ = tiny.train_gpt(english + "".join(sorted(set(french) - set(english))), steps=150, d=32, layers=1)
    return model


def text_of(language):
    return (DATA / f"fables.{language}.txt").read_text(encoding="utf-8")


NAMES = ("tokens", "q0", "v0", "o0", "up0", "down0")
RANK, ALPHA = 8, 8.0


@pytest.mark.group("adaptation")
def test_adapters_learn_french_and_the_base_stays(student, reference, draw):
    base, french = english_gpt(), text_of("fr")
    border = len(french) * 9 // 10
    fresh = reference.fresh_adapters(base.params, NAMES, RANK, draw.integer(0, 1000))
    read = torch.tensor(base.encode(french[:border]))
    answer = unchanged(
        student.adapt, base.params, fresh, read, ALPHA, 80, 0.01, draw.integer(0, 1000), en="adapt", fr="adapt"
    )
    adapters = pairs_of(looked_over(answer, 80), base.params, NAMES, RANK)
    unseen = torch.tensor(base.encode(french[border:]))
    blocks = unseen[: len(unseen) // 65 * 65].view(-1, 65)
    before, after = (
        F.cross_entropy(tiny.gpt_logits(params, blocks[:, :-1]).transpose(1, 2), blocks[:, 1:]).item()
        for params in (base.params, reference.merged(base.params, adapters, ALPHA))
    )
    expect(
        before - after >= GAIN,
        en=f"loss on unseen French: {before:.2f} nats without your adapters, {after:.2f} with them; it must fall by {GAIN}",
        fr=f"perte sur du français jamais vu : {before:.2f} nats sans vos adaptateurs, {after:.2f} avec ; elle doit "
        f"baisser de {GAIN}",
    )


@pytest.mark.group("adaptation")
def test_first_loss_is_that_of_the_base_and_seeds_decide(student, reference, draw):
    base = english_gpt()
    read = torch.tensor(base.encode(text_of("fr")[:3000]))
    fresh = reference.fresh_adapters(base.params, ["q0", "down0"], 2, 0)
    told = []
    for seed in (2, 2, 3):
        answer = student.adapt(base.params, fresh, read, 4.0, 2, 0.01, seed)
        looked_over(answer, 2)
        told.append(answer[1])
    blocks = read[: len(read) // 65 * 65].view(-1, 65)
    usual = F.cross_entropy(tiny.gpt_logits(base.params, blocks[:, :-1]).transpose(1, 2), blocks[:, 1:]).item()
    expect(
        abs(told[0][0] - usual) < 0.3,
        en="with fresh adapters, the first loss is about that of the base on the same text",
        fr="avec des adaptateurs neufs, la première perte est à peu près celle de la base sur le même texte",
    )
    same(
        told[1],
        told[0],
        en="losses of two trainings with one seed",
        fr="les pertes de deux entraînements de même graine",
    )
    expect(
        told[2] != told[0],
        en="two seeds give the same losses: are the windows drawn at random?",
        fr="deux graines donnent les mêmes pertes : les passages sont-ils tirés au hasard ?",
    )
