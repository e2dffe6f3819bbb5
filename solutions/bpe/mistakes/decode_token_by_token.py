"""
loses: [decode]
hint:
  en: You turn each id into text on its own. The bytes of one character may be spread over several ids.
  fr: Vous convertissez chaque identifiant en texte séparément. Les octets d'un caractère peuvent être répartis sur plusieurs identifiants.
"""


def decode(ids, merges):
    pieces = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        pieces.append(pieces[left] + pieces[right])
    return "".join(pieces[token].decode("utf-8", errors="replace") for token in ids)
