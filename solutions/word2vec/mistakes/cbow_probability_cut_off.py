"""
loses: [cbow-gradients]
hint:
  en: 'A small constant inside the logarithm hides the infinity but cuts the loss off: a very unlikely word no longer costs what it should.'
  fr: 'Une petite constante dans le logarithme cache l''infini mais plafonne la perte : un mot très improbable ne coûte plus ce qu''il devrait.'
"""

import torch


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    hidden, scores = cbow_forward(contexts, mask, V_in, V_out)
    B = len(centres)
    p = torch.softmax(scores, dim=1)
    loss = -(p + 1e-9).log()[torch.arange(B), centres].mean()
    error = p.clone()
    error[torch.arange(B), centres] -= 1
    error = error / B
    grad_out = error.T @ hidden
    grad_hidden = error @ V_out
    each = (grad_hidden / mask.sum(1, keepdim=True))[:, None, :] * mask[:, :, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, contexts.reshape(-1), each.reshape(-1, V_in.shape[1]))
    return loss, grad_in, grad_out
