"""
loses: [classes]
hint:
  en: >-
    You return probabilities. The loss applies the softmax itself, so it would be applied twice.
  fr: >-
    Vous renvoyez des probabilités. La perte applique elle-même le softmax : il le serait deux fois.
"""


def classification_logits(hidden, mask, weight, bias):
    return (masked_mean_pool(hidden, mask) @ weight.T + bias).softmax(dim=-1)
