"""
loses: [decode]
hint:
  en: You undo one merge per id. The parts of a merge may be merges themselves.
  fr: Vous défaites une seule fusion par identifiant. Les parties d'une fusion peuvent être elles-mêmes des fusions.
"""


def decode(ids, merges):
    flat = [part for token in ids for part in ((token,) if token < BYTES else merges[token - BYTES])]
    return bytes(part % BYTES for part in flat).decode("utf-8", errors="replace")
