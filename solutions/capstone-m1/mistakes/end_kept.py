r"""
loses: [translation, learning]
hint:
  en: 'Your translations end with `</s>`. It says that the sentence is over and is not part of it.'
  fr: 'Vos traductions se terminent par `</s>`. Il dit que la phrase est finie et n''en fait pas partie.'
"""

import torch


@torch.no_grad()
def translate(kind, src, params, max_len):
    read = torch.full_like(src[:, :1], BOS)
    for _ in range(max_len):
        read = torch.cat([read, logits_of(kind, src, read, params)[:, -1:].argmax(dim=2)], dim=1)
    return [row[1 : (*row, EOS).index(EOS) + 1] for row in read.tolist()]
