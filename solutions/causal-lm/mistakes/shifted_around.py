"""
loses: [shapes, shift, ignore]
hint:
  en: >-
    The last position is asked for the first token of its sequence: a roll goes around. It is asked for
    nothing, and gives no loss.
  fr: >-
    On demande à la dernière position le premier token de sa séquence : un `roll` fait le tour. On ne lui
    demande rien, et elle ne donne pas de perte.
"""

import torch


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide, ids.roll(-1, dims=1)
    counted = targets != ignore
    picked = torch.log_softmax(asked, dim=-1).gather(-1, targets.masked_fill(~counted, 0).unsqueeze(-1)).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
