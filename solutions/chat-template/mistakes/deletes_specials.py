"""
loses: [injection]
hint:
  en: You delete the special tokens. What is left on both sides can come together into a new one, and the user's text is lost.
  fr: Vous supprimez les tokens spéciaux. Ce qui reste de part et d'autre peut se rejoindre en un nouveau token, et le texte de l'utilisateur est perdu.
"""


def neutralise(text):
    for token in SPECIAL_IDS:
        text = text.replace(token, "")
    return text
