"""
loses: [classifier]
hint:
  en: >-
    You trained the very tensors that you were given: after the call, the model of the caller is another one.
  fr: >-
    Vous avez entraîné les tenseurs mêmes que vous avez reçus : après l'appel, le modèle de l'appelant n'est plus
    le même.
"""

import torch
import torch.nn.functional as F


def train_classifier(model, ids, mask, labels, steps, seed=0):
    adam = torch.optim.AdamW([tensor.requires_grad_() for tensor in model.values()], lr=0.01)
    dice, losses = torch.Generator().manual_seed(seed), []
    for _ in range(steps):
        at = torch.randint(len(ids), (64,), generator=dice)
        loss = F.cross_entropy(class_logits(model, ids[at], mask[at]), labels[at])
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    return {name: tensor.detach() for name, tensor in model.items()}, losses
