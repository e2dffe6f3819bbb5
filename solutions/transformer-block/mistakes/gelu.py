r"""
loses: [feed-forward]
hint:
  en: 'Your network uses GELU, as BERT and GPT do. The formula given here has ReLU: the larger of 0 and the value.'
  fr: 'Votre réseau utilise GELU, comme BERT et GPT. La formule donnée ici a ReLU : le plus grand de 0 et de la valeur.'
"""

import torch


def feed_forward(x, W_1, b_1, W_2, b_2):
    return torch.nn.functional.gelu(x @ W_1 + b_1) @ W_2 + b_2
