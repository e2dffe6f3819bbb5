"""
loses: [cbow-gradients]
hint:
  en: 'A word met twice keeps one contribution only: an indexed assignment, or `g[ids] += x`, writes each row once.'
  fr: 'Un mot rencontré deux fois ne garde qu''une contribution : une affectation indexée, ou `g[ids] += x`, n''écrit chaque ligne qu''une fois.'
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
    each = (grad_hidden / mask.sum(1, keepdim=True))[:, None, :] * mask[:, :, None]
    grad_in = torch.zeros_like(V_in)
    grad_in[contexts[mask]] += each[mask]
    return loss, grad_in, grad_out
