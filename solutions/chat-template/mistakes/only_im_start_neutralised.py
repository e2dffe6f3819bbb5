"""
loses: [injection]
hint:
  en: You keep users from opening a turn, not from closing their own.
  fr: Vous empêchez les utilisateurs d'ouvrir un tour, mais pas de fermer le leur.
"""


def neutralise(text):
    return text.replace(IM_START, "< " + IM_START[1:])
