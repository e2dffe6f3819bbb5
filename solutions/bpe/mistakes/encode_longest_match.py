"""
loses: [bytes]
hint:
  en: You look for the id with the most bytes that fits. The order of the merges decides, not the length.
  fr: Vous cherchez l'identifiant qui couvre le plus d'octets. C'est l'ordre des fusions qui décide, pas la longueur.
"""


def encode(text, merges):
    pieces = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        pieces.append(pieces[left] + pieces[right])
    data, ids = text.encode("utf-8"), []
    while data:
        fitting = [token for token, piece in enumerate(pieces) if data.startswith(piece)]
        ids.append(max(fitting, key=lambda token: len(pieces[token])))
        data = data[len(pieces[ids[-1]]) :]
    return ids
