r"""
loses: [training, learning]
hint:
  en: 'Your losses are right at the first step and the weights never change. Which call changes them?'
  fr: 'Vos coûts sont justes au premier pas et les poids ne changent jamais. Quel appel les change ?'
"""

import torch


def train(kind, params, src, tgt, steps, seed=0):
    params = copied(params, trainable=True)
    weights = leaves(params)
    optimiser = torch.optim.Adam(weights, lr=RATE)
    losses = []
    for step, (source, target) in enumerate(batches(src, tgt, steps, seed)):
        optimiser.param_groups[0]["lr"] = RATE * min(1.0, 2.0 * (1.0 - step / steps))
        loss = batch_loss(logits_of(kind, source, target[:, :-1], params), target)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, max_norm=1.0)
        losses.append(loss.item())
    return copied(params, trainable=False), losses
