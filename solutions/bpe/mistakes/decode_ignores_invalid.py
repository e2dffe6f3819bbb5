"""
loses: [decode]
hint:
  en: You drop invalid bytes without a trace. They become the character U+FFFD, so that a reader sees that something was there.
  fr: Vous supprimez les octets invalides sans laisser de trace. Ils deviennent le caractère U+FFFD, pour qu'un lecteur voie qu'il y avait quelque chose.
"""


def decode(ids, merges):
    pieces = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        pieces.append(pieces[left] + pieces[right])
    return b"".join(pieces[token] for token in ids).decode("utf-8", errors="ignore")
