"""
loses: [apply]
hint:
  en: 'You take the characters `</w>` of a text for the symbol END. Only the end of a word makes END: text must not be able to forge it.'
  fr: 'Vous prenez les caractères `</w>` d''un texte pour le symbole END. Seule la fin d''un mot produit END : un texte ne doit pas pouvoir le contrefaire.'
"""


def apply_bpe(word, merges):
    symbols = re.findall(f"{END}|.", word + END, flags=re.DOTALL)
    for left, right in merges:
        symbols = merge_pair(symbols, (left, right), left + right)
    return symbols
