r"""
loses: [transformer]
hint:
  en: 'The scores of your heads are not divided by the square root of their width.'
  fr: 'Les scores de vos têtes ne sont pas divisés par la racine carrée de leur largeur.'
"""


def heads_look(asking, seen, layer, letter, allowed):
    q, k, v = (
        (x @ layer[f"{letter}_{role}"]).unflatten(2, (N_HEADS, -1)).movedim(2, 1)
        for x, role in ((asking, "q"), (seen, "k"), (seen, "v"))
    )
    weights = (q @ k.mT).masked_fill(~allowed, float("-inf")).softmax(dim=3)
    return (weights @ v).movedim(1, 2).flatten(2) @ layer[f"{letter}_o"], weights
