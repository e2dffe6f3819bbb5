"""
loses: [mask]
hint:
  en: 'Your mask is `ids != 0`. The id 0 may be a real token, and `pad_id` need not be 0.'
  fr: 'Votre masque est `ids != 0`. L''identifiant 0 peut être un vrai token, et `pad_id` ne vaut pas forcément 0.'
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
    return padded, padded != 0
