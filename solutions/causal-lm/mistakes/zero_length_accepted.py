"""
loses: [blocks]
hint:
  en: >-
    A k below 1 goes through, or fails with an error of another kind. The text names the error that it
    deserves.
  fr: >-
    Un k inférieur à 1 passe, ou échoue par une autre erreur. L'énoncé dit laquelle il mérite.
"""


def make_blocks(ids, k):
    count = len(ids) // max(k, 1)
    return ids[: count * k].reshape(count, max(k, 1)) if k > 0 else ids.new_zeros(0, 1)
