"""
loses: [edges]
hint:
  en: When the end cannot be reached, you return the split of the beginning.
  fr: Quand la fin est inaccessible, vous renvoyez le découpage du début.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    end = max(cell for cell in range(len(best)) if best[cell] > -math.inf)
    pieces, score = [], best[end]
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], score
