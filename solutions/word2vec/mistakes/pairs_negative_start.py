"""
loses: [pairs]
hint:
  en: 'Near the start of a sentence your slice begins at a negative index, which Python counts from the end: the words before the centre vanish.'
  fr: 'Près du début d''une phrase, votre tranche commence à un indice négatif, que Python compte depuis la fin : les mots d''avant le centre disparaissent.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[i - window : i] + sentence[i + 1 : i + 1 + window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
