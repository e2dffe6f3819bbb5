"""
loses: [invariants]
hint:
  en: >-
    The losses have left the graph of autograd, so nothing can be learned from them.
  fr: >-
    Les pertes sont sorties du graphe d'autograd : on ne peut rien en apprendre.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)
    logp = torch.log_softmax(asked, dim=-1)

    return (-logp.detach().gather(-1, indices).squeeze(-1)).masked_fill(~counted, 0.0), counted
