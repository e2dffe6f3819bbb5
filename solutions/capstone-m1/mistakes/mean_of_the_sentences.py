r"""
loses: [training]
hint:
  en: 'Your loss averages within each sentence first, so that a word of a short sentence counts more. All real tokens of the batch count the same.'
  fr: 'Votre coût fait d''abord la moyenne de chaque phrase : un mot d''une phrase courte compte alors davantage. Tous les vrais tokens du batch comptent autant.'
"""

import torch.nn.functional as F


def batch_loss(logits, target):
    nats = F.cross_entropy(logits.transpose(1, 2), target[:, 1:], ignore_index=PAD, reduction="none")
    return (nats.sum(dim=1) / (target[:, 1:] != PAD).sum(dim=1)).mean()
