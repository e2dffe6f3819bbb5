"""
loses: [bytes]
hint:
  en: Your new ids start at 257. There are 256 bytes, numbered from 0.
  fr: Vos nouveaux identifiants commencent à 257. Il y a 256 octets, numérotés à partir de 0.
"""


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    for new, pair in enumerate(merges, start=BYTES + 1):
        ids = merge_pair(ids, pair, new)
    return ids
