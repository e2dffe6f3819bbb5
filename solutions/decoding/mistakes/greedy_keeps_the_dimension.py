"""
loses: [temperature]
hint:
  en: >-
    Your ids are a column, [B, 1]; a flat [B] is asked for.
  fr: >-
    Vos identifiants forment une colonne, [B, 1] ; on demande un simple [B].
"""


def greedy(logits):
    return logits.argmax(dim=-1, keepdim=True)
