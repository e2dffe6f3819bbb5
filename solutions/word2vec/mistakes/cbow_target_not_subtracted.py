"""
loses: [cbow-gradients]
hint:
  en: 'Your error is the probabilities alone: the one-hot vector of the true centre is missing.'
  fr: 'Votre erreur se réduit aux probabilités : il y manque le vecteur one-hot du vrai centre.'
"""

import torch


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    hidden, scores = cbow_forward(contexts, mask, V_in, V_out)
    B = len(centres)
    p = torch.softmax(scores, dim=1)
    loss = -torch.log_softmax(scores, dim=1)[torch.arange(B), centres].mean()
    error = p.clone()
    error = error / B
    grad_out = error.T @ hidden
    grad_hidden = error @ V_out
    each = (grad_hidden / mask.sum(1, keepdim=True))[:, None, :] * mask[:, :, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, contexts.reshape(-1), each.reshape(-1, V_in.shape[1]))
    return loss, grad_in, grad_out
