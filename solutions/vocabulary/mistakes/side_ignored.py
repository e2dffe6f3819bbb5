"""
loses: [padding]
hint:
  en: 'You always pad on the right. `side` says where the filling goes.'
  fr: 'Vous complétez toujours à droite. `side` dit où va le remplissage.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row if max_len is None or len(row) <= max_len else [*row[: max_len - 1], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
