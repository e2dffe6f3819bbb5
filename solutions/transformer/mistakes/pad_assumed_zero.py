r"""
loses: [inputs]
hint:
  en: 'Your padding mask compares with 0, or trusts that 0 is false: the id of padding is an argument, and 0 can be a real word.'
  fr: 'Votre masque de padding compare à 0, ou compte sur le fait que 0 est faux : l''id du padding est un argument, et 0 peut être un vrai mot.'
"""


def pad_mask(ids, pad):
    return ids.bool()[:, None, None, :]
