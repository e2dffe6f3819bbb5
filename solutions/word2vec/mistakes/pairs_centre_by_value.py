"""
loses: [pairs]
hint:
  en: 'You leave out every word equal to the centre. A second occurrence of the same word, at another place, is a neighbour.'
  fr: 'Vous écartez tous les mots égaux au centre. Une seconde occurrence du même mot, à une autre place, est un voisin.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = [word for word in sentence[max(0, i - window) : i + 1 + window] if word != centre]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
