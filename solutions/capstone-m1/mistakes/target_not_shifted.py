r"""
loses: [training, learning]
hint:
  en: 'Your loss asks the model for the word it has just read. Which word should the logits at a position guess?'
  fr: 'Votre coût demande au modèle le mot qu''il vient de lire. Quel mot les logits d''une position doivent-ils deviner ?'
"""

import torch.nn.functional as F


def batch_loss(logits, target):
    return F.cross_entropy(logits.transpose(1, 2), target[:, :-1], ignore_index=PAD)
