"""
loses: [lists]
hint:
  en: Your list comes back twice as long. Which values should double, the items or the length?
  fr: Votre liste revient deux fois plus longue. Que faut-il doubler, les éléments ou la longueur ?
"""


def double(x):
    return x * 2
