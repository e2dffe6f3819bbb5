"""
loses: [decode]
hint:
  en: Your `decode` fails on bytes that are not valid UTF-8. A model may write any sequence of ids.
  fr: Votre `decode` échoue sur des octets qui ne sont pas de l'UTF-8 valide. Un modèle peut écrire n'importe quelle suite d'identifiants.
"""


def decode(ids, merges):
    pieces = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        pieces.append(pieces[left] + pieces[right])
    return b"".join(pieces[token] for token in ids).decode("utf-8")
