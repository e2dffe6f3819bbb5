"""
loses: [pairs]
hint:
  en: 'Your neighbours come nearest first, the right pairs in another order; the rule is from left to right.'
  fr: 'Vos voisins viennent du plus proche au plus lointain : les bonnes paires dans un autre ordre ; la règle est de gauche à droite.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            near = sorted(range(len(sentence)), key=lambda j: abs(j - i))
            context = [sentence[j] for j in near if 0 < abs(j - i) <= window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
