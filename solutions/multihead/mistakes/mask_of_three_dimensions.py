"""
loses: [masks]
hint:
  en: >-
    Your mask has three dimensions: next to `[B, H, T_q, T_k]`, broadcasting takes your batch for heads.
  fr: >-
    Votre masque a trois dimensions : en face de `[B, H, T_q, T_k]`, la diffusion prend votre lot pour des
    têtes.
"""


def combine_masks(keep=None, allowed=None):
    padding = None if keep is None else keep[:, None, :]
    rule = None if allowed is None else allowed[None]
    if padding is None or rule is None:
        return rule if padding is None else padding
    return padding & rule
