r"""
loses: [training]
hint:
  en: 'Your gradients add up from one step to the next. What must happen to them before each backward?'
  fr: 'Vos gradients s''additionnent d''un pas à l''autre. Que doit-il leur arriver avant chaque rétropropagation ?'
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
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, max_norm=1.0)
        optimiser.step()
        losses.append(loss.item())
    return copied(params, trainable=False), losses
