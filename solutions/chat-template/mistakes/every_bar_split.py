"""
loses: [injection]
hint:
  en: You change text that only resembles a special token. A user may well write code or arrows.
  fr: Vous changez du texte qui ressemble seulement à un token spécial. Un utilisateur a le droit d'écrire du code ou des flèches.
"""


def neutralise(text):
    return text.replace("<|", "< |")
