"""
loses: [ties]
hint:
  en: On bytes, among equals, you take the pair with the largest ids. The rule asks for the smallest.
  fr: Sur les octets, entre ex aequo, vous prenez la paire aux plus grands identifiants. La règle demande les plus petits.
"""


def train_bytes(text, n_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    while len(merges) < n_merges and (counts := pair_counts({tuple(ids): 1})):
        best = max(counts, key=lambda pair: (counts[pair], pair))
        ids = merge_pair(ids, best, BYTES + len(merges))
        merges.append(best)
    return merges
