"""
loses: [edges]
hint:
  en: 'Any side that is not `right` is taken for `left`, or the reverse. A misspelled side should be an error.'
  fr: 'Tout côté autre que `right` est pris pour `left`, ou l''inverse. Un côté mal écrit doit être une erreur.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    rows = [row if max_len is None or len(row) <= max_len else [*row[: max_len - 1], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
