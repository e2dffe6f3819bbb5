"""
loses: [blocks]
hint:
  en: >-
    Your blocks have k + 1 tokens, as when inputs and labels are cut out of them. Here the loss does the
    shift, and a block is k tokens.
  fr: >-
    Vos blocs ont k + 1 tokens, comme quand on y découpe entrées et labels. Ici, c'est la perte qui décale,
    et un bloc fait k tokens.
"""


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    count = len(ids) // (k + 1)
    return ids[: count * (k + 1)].reshape(count, k + 1)
