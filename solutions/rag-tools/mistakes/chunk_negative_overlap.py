"""
loses: [chunk]
hint:
  en: >-
    A negative overlap leaves gaps between the windows, in which tokens are lost. It is refused.
  fr: >-
    Un overlap négatif laisse des trous entre les fenêtres, où des tokens se perdent. On le refuse.
"""


def chunk(tokens, size, overlap):
    if size < 1 or overlap >= size:
        raise ValueError("overlap must be less than size")
    starts = range(0, len(tokens), size - overlap)
    return [tokens[start : start + size] for start in starts if not start or start + overlap < len(tokens)]
