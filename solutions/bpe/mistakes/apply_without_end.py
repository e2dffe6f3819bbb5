"""
loses: [apply]
hint:
  en: You split the bare word. In training, every word was closed by END; the same must happen here, or no merge with END can apply.
  fr: Vous découpez le mot nu. À l'apprentissage, chaque mot était suivi de END ; il faut faire de même ici, sinon aucune fusion avec END ne s'applique.
"""


def apply_bpe(word, merges):
    symbols = list(word)
    for left, right in merges:
        symbols = merge_pair(symbols, (left, right), left + right)
    return symbols
