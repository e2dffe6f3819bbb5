"""
loses: [edges]
hint:
  en: You let an unknown character through at a low score, as the libraries do. Here a word that cannot be split has no pieces.
  fr: Vous laissez passer un caractère inconnu à bas score, comme les bibliothèques. Ici, un mot qui ne peut pas être découpé n'a pas de morceaux.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], -1e9 if end - start == 1 else -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
