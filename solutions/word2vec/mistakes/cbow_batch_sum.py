"""
loses: [cbow-gradients]
hint:
  en: 'You add up the losses of the batch; the task asks for their mean, and for the gradients of that mean.'
  fr: 'Vous additionnez les pertes du lot ; on demande leur moyenne, et les gradients de cette moyenne.'
"""

import torch


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    hidden, scores = cbow_forward(contexts, mask, V_in, V_out)
    B = len(centres)
    p = torch.softmax(scores, dim=1)
    loss = -torch.log_softmax(scores, dim=1)[torch.arange(B), centres].sum()
    error = p.clone()
    error[torch.arange(B), centres] -= 1
    grad_out = error.T @ hidden
    grad_hidden = error @ V_out
    each = (grad_hidden / mask.sum(1, keepdim=True))[:, None, :] * mask[:, :, None]
    grad_in = torch.zeros_like(V_in)
    grad_in.index_add_(0, contexts.reshape(-1), each.reshape(-1, V_in.shape[1]))
    return loss, grad_in, grad_out
