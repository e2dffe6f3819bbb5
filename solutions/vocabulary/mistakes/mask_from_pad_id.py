"""
loses: [mask]
hint:
  en: 'You compare the ids with `pad_id`. A real token may have that very id: the mask comes from the lengths of the rows.'
  fr: 'Vous comparez les identifiants à `pad_id`. Un vrai token peut avoir ce même identifiant : le masque vient de la longueur des lignes.'
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
    return padded, padded != pad_id
