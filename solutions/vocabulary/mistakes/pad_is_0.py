"""
loses: [padding]
hint:
  en: 'You fill with 0, whatever `pad_id` is. In many vocabularies 0 is an ordinary token.'
  fr: 'Vous remplissez de 0 quel que soit `pad_id`. Dans bien des vocabulaires, 0 est un token ordinaire.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row if max_len is None or len(row) <= max_len else [*row[: max_len - 1], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), 0, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
