"""
loses: [bytes]
hint:
  en: You replay the byte merges from the last to the first. Merge 257 may need the id 256.
  fr: Vous rejouez les fusions d'octets de la dernière à la première. La fusion 257 peut avoir besoin de l'identifiant 256.
"""


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    for position in reversed(range(len(merges))):
        ids = merge_pair(ids, merges[position], BYTES + position)
    return ids
