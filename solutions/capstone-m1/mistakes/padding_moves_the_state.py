r"""
loses: [plain, additive, training]
hint:
  en: 'Your encoder reads on into the padding, so that a sentence''s last state depends on how far it was padded.'
  fr: 'Votre encodeur continue à lire dans le padding : le dernier état d''une phrase dépend alors de la longueur à laquelle on l''a complétée.'
"""

import torch
import torch.nn.functional as F


def src_states(src, params):
    entering = F.linear(params["E_src"][src], params["W_enc"], params["b_enc"])
    state, states = torch.zeros_like(entering[:, 0]), []
    for now in entering.unbind(dim=1):
        state = (now + F.linear(state, params["U_enc"])).tanh()
        states.append(state)
    return torch.stack(states, dim=1)
