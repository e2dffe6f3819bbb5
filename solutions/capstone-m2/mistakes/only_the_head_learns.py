"""
loses: [classifier]
hint:
  en: >-
    Only your head learns; the encoder stays as it was drawn. Which tensors does the optimizer hold?
  fr: >-
    Seule votre tête apprend ; l'encodeur reste tel qu'il a été tiré. Quels tenseurs l'optimiseur tient-il ?
"""

import torch
import torch.nn.functional as F


def train_classifier(model, ids, mask, labels, steps, seed=0):
    own = dict(model) | {name: model[name].clone().requires_grad_() for name in ("head", "bias")}
    adam = torch.optim.AdamW([own["head"], own["bias"]], lr=0.01)
    dice, losses = torch.Generator().manual_seed(seed), []
    for _ in range(steps):
        at = torch.randint(len(ids), (64,), generator=dice)
        loss = F.cross_entropy(class_logits(own, ids[at], mask[at]), labels[at])
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    return {name: tensor.detach() for name, tensor in own.items()}, losses
