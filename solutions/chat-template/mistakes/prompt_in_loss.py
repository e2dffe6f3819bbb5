"""
loses: [labels]
hint:
  en: "Every token carries loss: you train the model to write the system message and the user's lines too."
  fr: "Tous les tokens portent la perte : vous entraînez le modèle à écrire aussi le message système et les répliques de l'utilisateur."
"""


def sft_labels(ids):
    return list(ids)
