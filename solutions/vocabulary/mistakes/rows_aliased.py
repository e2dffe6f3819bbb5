"""
loses: [padding, edges]
hint:
  en: 'All your rows are the same list: writing into one writes into all. `[row] * n` copies the reference, not the row.'
  fr: 'Toutes vos lignes sont la même liste : écrire dans l''une écrit dans toutes. `[ligne] * n` copie la référence, pas la ligne.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row if max_len is None or len(row) <= max_len else [*row[: max_len - 1], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = [[pad_id] * width] * len(rows)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b][start : start + len(row)] = row
        mask[b, start : start + len(row)] = True
    return torch.tensor(padded, dtype=torch.int64).reshape(len(rows), width), mask
