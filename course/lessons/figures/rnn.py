"""What comes back through time, and what stays of a small difference: for matrices that shrink and that stretch."""

from functools import cache

import torch
from matplotlib.figure import Figure

STEPS, H, D = 60, 32, 8
SCALES = (0.7, 1.3, 3.0)


def network(scale, gain):
    """One layer whose recurrent matrix is a rotation times `scale`; inputs of size `gain`."""
    rotation, _ = torch.linalg.qr(torch.randn(H, H, dtype=torch.float64))
    return [
        {
            "W": gain * torch.randn(D, H, dtype=torch.float64) / D**0.5,
            "U": scale * rotation,
            "b": torch.zeros(H, dtype=torch.float64),
        }
    ]


@cache
def measured(rnn):
    """For each scale: the gradient's size after each number of steps back, and the distance kept from the front."""
    rows = {}
    for scale in SCALES:
        torch.manual_seed(0)
        params = network(scale, 0.2)
        x = torch.randn(20, STEPS, D, dtype=torch.float64)
        x.requires_grad_()
        out, _ = rnn.rnn_forward(x, params)
        (slope,) = torch.autograd.grad(out[:, -1].sum(), x)
        back = slope.norm(dim=-1).mean(0).flip(0)
        other = x.detach().clone()
        other[:, 0] += 1e-3 * torch.randn(20, D, dtype=torch.float64)
        with torch.no_grad():
            apart = (rnn.rnn_forward(other, params)[0] - out).norm(dim=-1).mean(0)
        rows[scale] = (back / back[0]).tolist(), apart.tolist()
    return rows


def draw(reference, say):
    rows = measured(reference("rnn"))
    figure = Figure(figsize=(9, 3.6))
    back, apart = figure.subplots(1, 2)
    names = {
        0.7: (say("shrinks: × 0.7", "réduit : × 0,7"), "#1b5a8c", "-"),
        1.3: (say("in balance: × 1.3", "équilibre : × 1,3"), "#2f7d4f", "--"),
        3.0: (say("stretches: × 3", "allonge : × 3"), "#b4531a", "-."),
    }
    for scale, (name, colour, style) in names.items():
        back.semilogy(range(STEPS), rows[scale][0], color=colour, linestyle=style, label=name)
        apart.semilogy(range(STEPS), rows[scale][1], color=colour, linestyle=style, label=name)
    back.set_title(say("gradient that comes back", "gradient qui revient"), fontsize=11)
    back.set_xlabel(say("steps back in time", "pas en remontant le temps"))
    apart.set_title(say("distance of two states", "distance de deux états"), fontsize=11)
    apart.set_xlabel(say("steps after a small difference", "pas après une petite différence"))
    back.legend(frameon=False, fontsize=9, loc="upper left")
    figure.tight_layout()
    return figure
