"""
loses: [merge-heads, invariants]
hint:
  en: >-
    You put the heads one below the other, as if they were further tokens. They go side by side: there are as
    many tokens after as before.
  fr: >-
    Vous mettez les têtes les unes sous les autres, comme des tokens de plus. Elles vont côte à côte : il y a
    autant de tokens après qu'avant.
"""


def merge_heads(x):
    return x.flatten(1, 2)
