"""
loses: [injection]
hint:
  en: "A special token in a text reaches the model as a special token: whoever types it can end a turn and open another."
  fr: "Un token spécial dans un texte arrive au modèle comme token spécial : qui le tape peut finir un tour et en ouvrir un autre."
"""


def neutralise(text):
    return text
