"""
loses: [shift, invariants]
hint:
  en: >-
    Your loss is minus the logit of the target. What do the other scores of the row change about the
    probability of that token?
  fr: >-
    Votre perte est l'opposé du logit de la cible. Que changent les autres scores de la ligne à la
    probabilité de ce token ?
"""


def next_token_losses(logits, ids, ignore=-100):
    wide = logits.float() if logits.element_size() < 4 else logits
    asked, targets = wide[:, :-1], ids[:, 1:]
    counted = targets != ignore
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)

    return (-asked.gather(-1, indices).squeeze(-1)).masked_fill(~counted, 0.0), counted
