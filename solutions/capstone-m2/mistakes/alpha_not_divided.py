"""
loses: [adaptation]
hint:
  en: >-
    Your correction is `alpha` times the product: by what does the rank divide it?
  fr: >-
    Votre correction vaut `alpha` fois le produit : où le rang intervient-il ?
"""


def merged(params, adapters, alpha):
    model = dict(params)
    for name, (A, B) in adapters.items():
        model[name] = params[name] + alpha * (A @ B)
    return model
