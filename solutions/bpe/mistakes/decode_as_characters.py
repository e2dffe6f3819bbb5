"""
loses: [decode]
hint:
  en: You turn each byte into the character with that number. In UTF-8, only bytes below 128 are characters on their own.
  fr: Vous convertissez chaque octet en le caractère de ce numéro. En UTF-8, seuls les octets inférieurs à 128 sont des caractères à eux seuls.
"""


def decode(ids, merges):
    pieces = [chr(byte) for byte in range(BYTES)]
    for left, right in merges:
        pieces.append(pieces[left] + pieces[right])
    return "".join(pieces[token] for token in ids)
