"""
loses: [bytes]
hint:
  en: You start from code points (`ord`), one per character. A byte is at most 255; how many bytes has `é` in UTF-8?
  fr: Vous partez des points de code (`ord`), un par caractère. Un octet vaut au plus 255 ; combien d'octets `é` occupe-t-il en UTF-8 ?
"""


def train_bytes(text, n_merges):
    ids = [ord(character) for character in text]
    merges = []
    while len(merges) < n_merges and (counts := pair_counts({tuple(ids): 1})):
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        ids = merge_pair(ids, best, BYTES + len(merges))
        merges.append(best)
    return merges


def encode(text, merges):
    ids = [ord(character) for character in text]
    for new, pair in enumerate(merges, start=BYTES):
        ids = merge_pair(ids, pair, new)
    return ids
