"""
loses: [invariants]
hint:
  en: >-
    Your losses are right, but cut from the graph: `backward` finds nothing to go back along, and the model cannot
    learn.
  fr: >-
    Vos pertes sont justes, mais coupées du graphe : `backward` n'a plus rien à remonter, et le modèle ne peut pas
    apprendre.
"""

import torch
import torch.nn.functional as F


def next_token_losses(ids, model, h0=None):
    with torch.no_grad():
        logits, h_n = lm_forward(ids[:, :-1], model, h0)
        return F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], reduction="none"), h_n
