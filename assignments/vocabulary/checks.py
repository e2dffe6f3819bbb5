# The public checks of vocabulary, as `autograder check` runs them.
# Les vérifications publiques de vocabulary, telles que les exécute `autograder check`.

# %% group="tokens"
# Cutting a text into tokens — 2 points
# Découper un texte en tokens — 2 points
same(
    tokenize("Le chat  dort, non ?", "word"),
    ["Le", "chat", "dort,", "non", "?"],
    en="the words of a sentence",
    fr="les mots d'une phrase",
)
same(
    tokenize("un an", "char"), ["u", "n", " ", "a", "n"], en="the characters of a text", fr="les caractères d'un texte"
)
same(
    tokenize("e\u0301te\u0301", "char"),
    ["\u00e9", "t", "\u00e9"],
    en="the characters of été when its accents are stored apart",
    fr="les caractères de été quand ses accents sont enregistrés à part",
)
raises("ValueError", tokenize, "le chat", "syllable", en="an unknown level", fr="un niveau inconnu")

# %% group="vocabulary"
# Building the vocabulary — 4 points
# Construire le vocabulaire — 4 points
same(
    build_vocab(["le chat dort", "le rat dort", "le chat !"], "word"),
    {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4, "chat": 5, "dort": 6, "!": 7, "rat": 8},
    en="the vocabulary of the example worked by hand",
    fr="le vocabulaire de l'exemple fait à la main",
)
same(
    build_vocab(["été"], "char", ["<unk>", "<pad>"]),
    {"<unk>": 0, "<pad>": 1, "é": 2, "t": 3},
    en="the vocabulary of the characters of été, with two special tokens",
    fr="le vocabulaire des caractères de été, avec deux tokens spéciaux",
)

# %% group="encode"
# From text to ids — 3 points
# Du texte aux identifiants — 3 points
animals = {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4, "chat": 5, "dort": 6, "!": 7, "rat": 8}
same(
    encode("le loup dort", animals, "word"),
    [1, 4, 3, 6, 2],
    en="the ids of a sentence with an unknown word",
    fr="les identifiants d'une phrase qui contient un mot inconnu",
)
same(encode("", animals, "word"), [1, 2], en="the ids of an empty text", fr="les identifiants d'un texte vide")
same(
    encode("aha", {"a": 0, "</s>": 1, "<s>": 2, "<unk>": 3, "<pad>": 4}, "char"),
    [2, 0, 3, 0, 1],
    en="the ids of three characters, with other ids for the special tokens",
    fr="les identifiants de trois caractères, avec d'autres identifiants pour les tokens spéciaux",
)

# %% group="decode"
# From ids to text — 3 points
# Des identifiants au texte — 3 points
words = {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4, "chat": 5, "dort": 6}
same(
    decode([1, 4, 3, 6, 2, 0, 0], words, "word"),
    "le <unk> dort",
    en="the text of a padded sequence with an unknown word",
    fr="le texte d'une suite complétée qui contient un mot inconnu",
)
same(
    decode([2, 0, 5, 0, 1], {"a": 0, "</s>": 1, "<s>": 2, "<unk>": 3, "<pad>": 4, "h": 5}, "char"),
    "aha",
    en="the text of characters",
    fr="le texte de caractères",
)

# %% group="padding"
# Padding and truncation — 3 points
# Remplissage et troncature — 3 points
padded, _ = parts(pad_batch([[1, 4, 3, 6, 2], [1, 5, 2]], 0), 2, en="(padded, mask)", fr="(padded, mask)")
dtype(padded, torch.int64, en="padded", fr="padded")
same(padded.tolist(), [[1, 4, 3, 6, 2], [1, 5, 2, 0, 0]], en="padded, by hand", fr="padded, à la main")
padded, _ = parts(pad_batch([[1, 4, 3, 6, 2], [1, 5, 2]], 0, 4), 2, en="(padded, mask)", fr="(padded, mask)")
same(
    padded.tolist(),
    [[1, 4, 3, 2], [1, 5, 2, 0]],
    en="padded, with rows cut to 4 ids",
    fr="padded, avec des lignes coupées à 4 identifiants",
)
padded, _ = parts(pad_batch([[1, 2], [1, 5, 2]], 9, side="left"), 2, en="(padded, mask)", fr="(padded, mask)")
same(
    padded.tolist(),
    [[9, 1, 2], [1, 5, 2]],
    en="padded on the left, with pad_id=9",
    fr="padded complété à gauche, avec pad_id=9",
)

# %% group="mask"
# Mask — 3 points
# Masque — 3 points
_, mask = parts(pad_batch([[1, 4, 3, 6, 2], [1, 5, 2]], 0), 2, en="(padded, mask)", fr="(padded, mask)")
dtype(mask, torch.bool, en="the mask", fr="le masque")
same(
    mask.tolist(),
    [[True, True, True, True, True], [True, True, True, False, False]],
    en="the mask, by hand",
    fr="le masque, à la main",
)
# Padding with the id of </s>, here 2, as is often done for GPT-2: the last 2 of each row is real.
_, mask = parts(pad_batch([[1, 5, 2], [1, 2]], 2), 2, en="(padded, mask)", fr="(padded, mask)")
same(
    mask.tolist(),
    [[True, True, True], [True, True, False]],
    en="the mask when a real token has the id pad_id",
    fr="le masque quand un vrai token a l'identifiant pad_id",
)

# %% group="edges"
# Edge cases of a batch — 2 points
# Cas limites d'un lot — 2 points
padded, mask = parts(pad_batch([], 0), 2, en="(padded, mask)", fr="(padded, mask)")
shape(padded, (0, 0), en="padded for a batch without rows", fr="padded pour un lot sans lignes")
shape(mask, (0, 0), en="the mask of a batch without rows", fr="le masque d'un lot sans lignes")
padded, mask = parts(pad_batch([[], [4]], 7), 2, en="(padded, mask)", fr="(padded, mask)")
same(padded.tolist(), [[7], [4]], en="padded with an empty row", fr="padded avec une ligne vide")
same(mask.tolist(), [[False], [True]], en="the mask with an empty row", fr="le masque avec une ligne vide")
raises("ValueError", pad_batch, [[1]], 0, None, "top", en="an unknown side", fr="un côté inconnu")
