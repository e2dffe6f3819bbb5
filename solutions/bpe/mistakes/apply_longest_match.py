"""
loses: [apply]
hint:
  en: 'You take the longest symbol of the vocabulary that fits. BPE knows no lengths: it replays its merges in the order they were learned.'
  fr: 'Vous prenez le plus long symbole du vocabulaire qui convient. Le BPE ignore les longueurs : il rejoue ses fusions dans l''ordre où elles ont été apprises.'
"""


def apply_bpe(word, merges):
    vocabulary = {left + right for left, right in merges}
    text, symbols, position = [*word, END], [], 0
    while position < len(text):
        end = len(text)
        while end > position + 1 and "".join(text[position:end]) not in vocabulary:
            end -= 1
        symbols.append("".join(text[position:end]))
        position = end
    return symbols
