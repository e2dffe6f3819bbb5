"""
loses: [decode]
hint:
  en: You write the right part of a merge before its left part.
  fr: Vous écrivez la partie droite d'une fusion avant sa partie gauche.
"""


def decode(ids, merges):
    pieces = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        pieces.append(pieces[right] + pieces[left])
    return b"".join(pieces[token] for token in ids).decode("utf-8", errors="replace")
