"""
loses: [cbow-gradients]
hint:
  en: 'Each context word receives the whole gradient of the mean. The mean divided by their number; going back divides too.'
  fr: 'Chaque mot du contexte reçoit tout le gradient de la moyenne. La moyenne divisait par leur nombre ; au retour, on divise aussi.'
"""

import torch


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    hidden, scores = cbow_forward(contexts, mask, V_in, V_out)
    B = len(centres)
    p = torch.softmax(scores, dim=1)
    loss = -torch.log_softmax(scores, dim=1)[torch.arange(B), centres].mean()
    error = p.clone()
    error[torch.arange(B), centres] -= 1
    error = error / B
    grad_out = error.T @ hidden
    grad_hidden = error @ V_out
    each = grad_hidden[:, None, :] * mask[:, :, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, contexts.reshape(-1), each.reshape(-1, V_in.shape[1]))
    return loss, grad_in, grad_out
