r"""
loses: [inputs]
hint:
  en: 'Your padding mask is True on padding. Here True means that a token may be looked at.'
  fr: 'Votre masque de padding vaut True sur le padding. Ici, True signifie qu''un token peut être regardé.'
"""


def pad_mask(ids, pad):
    return (ids == pad)[:, None, None, :]
