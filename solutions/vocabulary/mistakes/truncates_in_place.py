"""
loses: [edges]
hint:
  en: 'You cut the very lists you were given. They belong to the caller: make new ones.'
  fr: 'Vous coupez les listes mêmes que vous avez reçues. Elles appartiennent à l''appelant : faites-en de nouvelles.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = ids
    for row in rows:
        if max_len is not None:
            del row[max_len - 1 : -1]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
