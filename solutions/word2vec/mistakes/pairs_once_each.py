"""
loses: [pairs]
hint:
  en: 'You keep each pair only once. How often two words meet is what the model learns from.'
  fr: 'Vous ne gardez chaque paire qu''une fois. C''est le nombre de rencontres de deux mots qui instruit le modèle.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i] + sentence[i + 1 : i + 1 + window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return [pair for i, pair in enumerate(found) if pair not in found[:i]]
