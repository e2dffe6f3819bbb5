"""
loses: [sample]
hint:
  en: >-
    For a number beyond the last end you take the last id, even if its probability is 0.
  fr: >-
    Pour un nombre au-delà de la dernière fin, vous prenez le dernier identifiant, même si sa probabilité est
    nulle.
"""


def sample(probs, dice):
    count = (probs.cumsum(dim=-1) <= dice.unsqueeze(-1)).sum(dim=-1)
    return count.clamp(max=probs.shape[-1] - 1)
