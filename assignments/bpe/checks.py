# The public checks of bpe, as `autograder check` runs them.
# Les vérifications publiques de bpe, telles que les exécute `autograder check`.

# %% group="counts"
# Counting pairs — 2 points
# Compter les paires — 2 points
same(
    dict(pair_counts({("a", "a", "b"): 2, ("a", "b"): 1})),
    {("a", "a"): 2, ("a", "b"): 3},
    en="pair counts of two words",
    fr="les comptes de paires de deux mots",
)
same(
    dict(pair_counts({(7, 7, 7): 1, (7,): 9})),
    {(7, 7): 2},
    en="pair counts where pairs overlap",
    fr="les comptes quand les paires se chevauchent",
)

# %% group="merge"
# Merging a pair — 3 points
# Fusionner une paire — 3 points
same(
    merge_pair(["a", "b", "c", "a", "b"], ("a", "b"), "ab"),
    ["ab", "c", "ab"],
    en="a b c a b with (a, b) merged",
    fr="a b c a b où (a, b) est fusionné",
)
same(
    merge_pair(["a", "a", "a"], ("a", "a"), "aa"),
    ["aa", "a"],
    en="a a a with (a, a) merged",
    fr="a a a où (a, a) est fusionné",
)
same(merge_pair((1, 2, 3), (2, 3), 256), [1, 256], en="1 2 3 with (2, 3) merged", fr="1 2 3 où (2, 3) est fusionné")

# %% group="train"
# Learning the merges — 5 points
# Apprendre les fusions — 5 points
rodents = {"chat": 4, "chats": 2, "rat": 5, "rats": 1}
same(
    train_bpe(rodents, 4),
    [("a", "t"), ("at", END), ("c", "h"), ("r", "at" + END)],
    en="the first four merges of chat, chats, rat, rats",
    fr="les quatre premières fusions de chat, chats, rat, rats",
)
same(
    rodents,
    {"chat": 4, "chats": 2, "rat": 5, "rats": 1},
    en="the dictionary you were given, after training",
    fr="le dictionnaire reçu, après l'apprentissage",
)
same(
    train_bpe({"a": 3}, 10),
    [("a", END)],
    en="merges when pairs run out",
    fr="les fusions quand les paires s'épuisent",
)

# %% group="ties"
# Ties — 2 points
# Les ex aequo — 2 points
same(
    train_bpe({"ba": 2, "ab": 2}, 3),
    [("a", "b"), ("a", END), ("b", "a" + END)],
    en="merges of ba and ab, where every count is a tie",
    fr="les fusions de ba et ab, où tous les comptes sont ex aequo",
)
same(
    train_bytes("baab", 1),
    [(97, 97)],
    en="train_bytes on baab, where every count is a tie",
    fr="train_bytes sur baab, où tous les comptes sont ex aequo",
)

# %% group="apply"
# Splitting new words — 3 points
# Découper des mots nouveaux — 3 points
learned = [("a", "t"), ("at", END), ("c", "h"), ("r", "at" + END)]
same(apply_bpe("rat", learned), ["rat" + END], en="the symbols of rat", fr="les symboles de rat")
same(apply_bpe("chats", learned), ["ch", "at", "s", END], en="the symbols of chats", fr="les symboles de chats")
same(
    apply_bpe("état", learned),
    ["é", "t", "at" + END],
    en="a word with an unseen character",
    fr="un mot avec un caractère jamais vu",
)

# %% group="bytes"
# From text to ids — 3 points
# Du texte aux identifiants — 3 points
same(train_bytes("abab", 2), [(97, 98), (256, 256)], en="merges learned from abab", fr="les fusions apprises de abab")
same(
    encode("aaabdaaabac", [(97, 97), (97, 98), (256, 257)]),
    [258, 100, 258, 97, 99],
    en="ids of aaabdaaabac",
    fr="les identifiants de aaabdaaabac",
)
same(encode("é", []), [195, 169], en="ids of é without merges", fr="les identifiants de é sans fusion")

# %% group="decode"
# From ids to text — 2 points
# Des identifiants au texte — 2 points
same(decode([256, 195, 169], [(97, 98)]), "abé", en="text of three ids", fr="le texte de trois identifiants")
same(decode([104, 195], []), "h\ufffd", en="text of an h and half of an é", fr="le texte d'un h et d'une moitié de é")
