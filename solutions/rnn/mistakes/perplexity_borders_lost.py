"""
loses: [perplexity]
hint:
  en: >-
    Your blocks share no token: the first token of each is predicted by nobody. Neighbouring blocks have one token
    in common.
  fr: >-
    Vos blocs n'ont aucun token en commun : personne ne prédit le premier de chacun. Deux blocs voisins partagent un
    token.
"""

import math


def perplexity_by_blocks(ids, model, k):
    total, count, h = 0.0, 0, None
    for start in range(0, ids.shape[1] - 1, k + 1):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        total += losses.sum().item()
        count += losses.numel()
    return math.exp(total / count)
