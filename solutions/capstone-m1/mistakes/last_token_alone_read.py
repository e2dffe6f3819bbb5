r"""
loses: [translation, learning]
hint:
  en: 'At each step your decoder reads only the last word it wrote. What did it read in training?'
  fr: 'À chaque pas, votre décodeur ne lit que le dernier mot qu''il a écrit. Que lisait-il à l''entraînement ?'
"""

import torch


@torch.no_grad()
def translate(kind, src, params, max_len):
    read = torch.full_like(src[:, :1], BOS)
    for _ in range(max_len):
        read = torch.cat([read, logits_of(kind, src, read[:, -1:], params).argmax(dim=2)], dim=1)
    return [row[1 : (*row, EOS).index(EOS)] for row in read.tolist()]
