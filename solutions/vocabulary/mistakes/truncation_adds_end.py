"""
loses: [padding]
hint:
  en: 'Your cut rows are one id too long: the last one is added after `max_len` ids instead of taking the place of one.'
  fr: 'Vos lignes coupées ont un identifiant de trop : le dernier s''ajoute après `max_len` identifiants au lieu d''en remplacer un.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row if max_len is None or len(row) <= max_len else [*row[:max_len], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
