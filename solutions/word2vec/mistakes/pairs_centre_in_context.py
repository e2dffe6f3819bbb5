"""
loses: [pairs]
hint:
  en: 'Your context contains its own centre: a word would learn to predict itself.'
  fr: 'Votre contexte contient son propre centre : un mot apprendrait à se prédire lui-même.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i + 1 + window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
