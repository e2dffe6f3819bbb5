r"""
loses: [training]
hint:
  en: 'Your loss counts padding as words to guess. The model is praised for guessing that nothing follows nothing.'
  fr: 'Votre coût compte le padding comme des mots à deviner. Le modèle est félicité de deviner que rien ne suit rien.'
"""

import torch.nn.functional as F


def batch_loss(logits, target):
    return F.cross_entropy(logits.transpose(1, 2), target[:, 1:])
