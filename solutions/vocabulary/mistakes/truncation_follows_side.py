"""
loses: [padding]
hint:
  en: 'When padding goes to the left, you also cut rows on the left. The side of the padding does not change the truncation.'
  fr: 'Quand le remplissage va à gauche, vous coupez aussi les lignes à gauche. Le côté du remplissage ne change rien à la troncature.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [
        row
        if max_len is None or len(row) <= max_len
        else ([*row[: max_len - 1], row[-1]] if side == "right" else row[-max_len:])
        for row in ids
    ]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
