"""
loses: [adaptation]
hint:
  en: >-
    The base has changed: your optimizer holds its weights as well as the factors.
  fr: >-
    La base a changé : votre optimiseur tient ses poids en plus des facteurs.
"""

import torch
import torch.nn.functional as F


def adapt(params, adapters, ids, alpha, steps, rate=0.01, seed=0):
    own = {name: (A.clone().requires_grad_(), B.clone().requires_grad_()) for name, (A, B) in adapters.items()}
    held = [each for pair in own.values() for each in pair] + [weight.requires_grad_() for weight in params.values()]
    adam = torch.optim.Adam(held, lr=rate)
    dice, losses = torch.Generator().manual_seed(seed), []
    for _ in range(steps):
        text = windows(ids, 16, dice)
        scores = gpt_logits(merged(params, own, alpha), text[:, :-1])
        loss = F.cross_entropy(scores.transpose(1, 2), text[:, 1:])
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    return {name: (A.detach(), B.detach()) for name, (A, B) in own.items()}, losses
