"""
loses: [edges]
hint:
  en: Your table starts from a number that is low but finite. A long or improbable text can score lower still.
  fr: Votre tableau part d'un nombre bas mais fini. Un texte long ou improbable peut avoir un score plus bas encore.
"""


def viterbi(word, logp):
    best = [0.0] + [-1000.0] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -1000.0:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
