"""A model with a short memory: what reading its own output costs, and what a beam finds that greedy does not."""

from functools import cache

import torch
import torch.nn.functional as F
from matplotlib.figure import Figure

SYMBOLS, LENGTH, D, H, STEPS, SENTENCES = 8, 8, 16, 32, 400, 100
BOS, EOS, V = SYMBOLS, SYMBOLS + 1, SYMBOLS + 2
WIDTHS = (1, 2, 4, 8)


def batch(count):
    source = torch.randint(SYMBOLS, (count, LENGTH))
    edge = torch.ones(count, 1, dtype=torch.int64)
    return source, torch.ones(count, LENGTH, dtype=torch.bool), torch.cat([BOS * edge, source.flip(1), EOS * edge], 1)


def read(seq2seq, source, mask, p):
    """The last state, at every position too: this model has no other memory, so that it errs."""
    enc, s0 = seq2seq.encode(source, mask, p)
    return s0.unsqueeze(1).expand_as(enc), s0


def trained(seq2seq):
    torch.manual_seed(0)
    sizes = {
        "E_src": (V, D), "W_enc": (H, D), "U_enc": (H, H), "b_enc": (H,), "W_a": (H, 2 * H), "v_a": (H,),
        "E_tgt": (V, D), "W_dec": (H, D + H), "U_dec": (H, H), "b_dec": (H,), "W_out": (V, H), "b_out": (V,),
    }  # fmt: skip
    p = {name: (torch.randn(size) / size[-1] ** 0.5).requires_grad_() for name, size in sizes.items()}
    optimiser = torch.optim.Adam(p.values(), lr=0.005)
    for _ in range(STEPS):
        source, mask, target = batch(64)
        enc, s0 = read(seq2seq, source, mask, p)
        logits, _ = seq2seq.teacher_forced(target, s0, enc, mask, p)
        loss = F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
        optimiser.step()
    return {name: value.detach() for name, value in p.items()}


def searched(seq2seq, p, enc, s, mask, width):
    """The log-probability of the best sentence that a beam of this width finds, for one source."""
    beams, done = [(0.0, [BOS], s)], []
    for _ in range(LENGTH + 1):
        longer = []
        for score, tokens, state in beams:
            logits, state, _ = seq2seq.decoder_step(torch.tensor(tokens[-1:]), state, enc, mask, p)
            for value, token in zip(*logits.log_softmax(-1)[0].topk(width), strict=True):
                longer.append((score + value.item(), [*tokens, int(token)], state))
        longer.sort(key=lambda each: -each[0])
        done += [each for each in longer[:width] if each[1][-1] == EOS]
        beams = [each for each in longer[:width] if each[1][-1] != EOS]
        if not beams:
            break
    return max(score for score, *_ in [*done, *beams])


@cache
def measured(seq2seq):
    """Share of right tokens by place, with the right beginning and with its own; mean score by width of the beam."""
    p = trained(seq2seq)
    with torch.no_grad():
        torch.manual_seed(1)
        source, mask, target = batch(500)
        enc, s0 = read(seq2seq, source, mask, p)
        forced = seq2seq.teacher_forced(target, s0, enc, mask, p)[0].argmax(-1)
        y, s, own = target[:, 0], s0, []
        for _ in range(LENGTH):
            logits, s, _ = seq2seq.decoder_step(y, s, enc, mask, p)
            y = logits[:, :SYMBOLS].argmax(-1)
            own.append(y)
        right = target[:, 1 : LENGTH + 1]
        shares = [(each == right).float().mean(0).tolist() for each in (forced[:, :LENGTH], torch.stack(own, 1))]
        scores = [
            sum(searched(seq2seq, p, enc[b : b + 1], s0[b : b + 1], mask[b : b + 1], width) for b in range(SENTENCES))
            / SENTENCES
            for width in WIDTHS
        ]
    return shares, scores


def draw(reference, say):
    (forced, own), scores = measured(reference("seq2seq"))
    figure = Figure(figsize=(9, 3.5))
    place, beam = figure.subplots(1, 2)
    places = range(1, LENGTH + 1)
    place.plot(places, forced, color="#1b5a8c", marker="o", label=say("reads the right beginning", "lit le bon début"))
    place.plot(places, own, color="#b4531a", marker="s", label=say("reads its own output", "relit sa propre sortie"))
    place.set_yticks([0, 0.5, 1], [say(f"{n}%", f"{n} %") for n in (0, 50, 100)])
    place.set(ylim=(0, 1.05), xlabel=say("position", "position"))
    place.set_title(say("tokens written right", "tokens justes"), fontsize=11)
    place.legend(frameon=False, fontsize=9, loc="lower left")
    beam.plot(range(len(WIDTHS)), scores, color="#2f7d4f", marker="D")
    beam.set_xticks(range(len(WIDTHS)), [str(width) for width in WIDTHS])
    beam.set_xlabel(say("beams kept (1 = greedy)", "débuts gardés (1 = glouton)"))
    beam.set_title(say("log-probability of what is found", "log-probabilité de ce qui est trouvé"), fontsize=11)
    figure.tight_layout()
    return figure
