r"""
loses: [inputs]
hint:
  en: 'Your padding mask speaks of the tokens that ask: its last dimension should be the tokens that are looked at.'
  fr: 'Votre masque de padding parle des tokens qui interrogent : sa dernière dimension devrait être celle des tokens regardés.'
"""


def pad_mask(ids, pad):
    return (ids != pad)[:, None, :, None]
