"""
loses: [logps]
hint:
  en: >-
    The shift is made after the rows were put end to end: the first token of a row is looked up in the last
    logits of the row before.
  fr: >-
    Le décalage est fait après que les lignes ont été mises bout à bout : le premier token d'une ligne est lu
    dans les derniers logits de la ligne précédente.
"""

import torch


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide, labels
    asked = torch.cat([asked.flatten()[1:], asked.new_tensor([-100])]).reshape(labels.shape)
    void = asked == -100
    picked = scores.log_softmax(-1).gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
