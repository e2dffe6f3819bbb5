"""
loses: [bytes]
hint:
  en: 'You normalise the text (NFC) before encoding it. Encoding keeps the text as it is: `e` followed by a combining accent is not `é`.'
  fr: 'Vous normalisez le texte (NFC) avant de l''encoder. L''encodage garde le texte tel quel : `e` suivi d''un accent combinant n''est pas `é`.'
"""

import unicodedata


def encode(text, merges):
    ids = list(unicodedata.normalize("NFC", text).encode("utf-8"))
    for new, pair in enumerate(merges, start=BYTES):
        ids = merge_pair(ids, pair, new)
    return ids
