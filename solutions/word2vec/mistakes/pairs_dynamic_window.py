"""
loses: [pairs]
hint:
  en: 'Your window changes from one centre to the next, as in the original program; here it is the same for all.'
  fr: 'Votre fenêtre change d''un centre à l''autre, comme dans le programme d''origine ; ici, elle est la même pour tous.'
"""

import random


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found, rng = [], random.Random(1)
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            size = rng.randint(1, window)
            context = sentence[max(0, i - size) : i] + sentence[i + 1 : i + 1 + size]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
