"""
loses: [mask]
hint:
  en: 'Your mask is made from the rows before truncation, and is wider than the ids.'
  fr: 'Votre masque est fait à partir des lignes avant la troncature, et il est plus large que les identifiants.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row if max_len is None or len(row) <= max_len else [*row[: max_len - 1], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    mask = torch.zeros(len(ids), max((len(row) for row in ids), default=0), dtype=torch.bool)
    for b, row in enumerate(ids):
        start = 0 if side == "right" else mask.shape[1] - len(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
