"""
loses: [merge-heads, invariants]
hint:
  en: >-
    `view` refuses to melt dimensions whose numbers no longer follow each other in memory. Which sister of
    `view` copies when it must?
  fr: >-
    `view` refuse de fondre des dimensions dont les nombres ne se suivent plus en mémoire. Quelle cousine de
    `view` copie quand il le faut ?
"""


def merge_heads(x):
    B, H, T, size = x.shape
    return x.transpose(1, 2).view(B, T, H * size)
