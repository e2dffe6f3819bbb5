# The public checks of subwords, as `autograder check` runs them.
# Les vérifications publiques de subwords, telles que les exécute `autograder check`.

# %% group="marks"
# Pieces and their mark — 3 points
# Les morceaux et leur marque — 3 points
same(start_pieces("chat"), ["c", "##h", "##a", "##t"], en="the pieces of chat", fr="les morceaux de chat")
same(join_pieces("c", "##h"), "ch", en="c and ##h glued", fr="c et ##h collés")
same(join_pieces("##h", "##a"), "##ha", en="##h and ##a glued", fr="##h et ##a collés")

# %% group="score"
# The score of a pair — 3 points
# Le score d'une paire — 3 points
rodents = {
    ("c", "##h", "##a", "##t"): 4,
    ("c", "##h", "##a", "##t", "##s"): 2,
    ("r", "##a", "##t"): 5,
    ("r", "##a", "##t", "##s"): 1,
}
scores = wordpiece_score(rodents)
same(len(scores), 5, en="number of pairs in the table above", fr="le nombre de paires du tableau ci-dessus")
close(scores["c", "##h"], 1 / 6, FLOAT64, en="score of (c, ##h)", fr="le score de (c, ##h)")
close(scores["##t", "##s"], 1 / 12, FLOAT64, en="score of (##t, ##s)", fr="le score de (##t, ##s)")
close(
    wordpiece_score({("a", "##b"): 2, ("a",): 2})["a", "##b"],
    0.25,
    FLOAT64,
    en="score when one piece also stands alone",
    fr="le score quand l'un des morceaux apparaît aussi seul",
)

# %% group="longest"
# WordPiece: longest match first — 4 points
# WordPiece : le plus long d'abord — 4 points
cats = {"chat": 0, "ch": 1, "##at": 2, "##a": 3, "##ts": 4, "##s": 5}
same(wordpiece("chats", cats), ["chat", "##s"], en="the pieces of chats", fr="les morceaux de chats")
same(wordpiece("chas", cats), ["ch", "##a", "##s"], en="the pieces of chas", fr="les morceaux de chas")

# %% group="unknown"
# WordPiece: unknown words — 2 points
# WordPiece : les mots inconnus — 2 points
same(
    wordpiece("abcx", {"a": 0, "##b": 1, "##c": 2}),
    ["[UNK]"],
    en="the pieces of a word whose last character is unknown",
    fr="les morceaux d'un mot dont le dernier caractère est inconnu",
)
same(
    wordpiece("abc", {"a": 0, "ab": 1, "##bc": 2}, unk="<unk>"),
    ["<unk>"],
    en="the pieces of a word where the longest match leads nowhere",
    fr="les morceaux d'un mot où le plus long d'abord ne mène nulle part",
)
same(
    wordpiece("aaaa", {"a": 0, "##a": 1}, max_chars=3),
    ["[UNK]"],
    en="the pieces of a word of 4 characters when max_chars is 3",
    fr="les morceaux d'un mot de 4 caractères quand max_chars vaut 3",
)

# %% group="best"
# Unigram: the most probable split — 4 points
# Unigramme : le découpage le plus probable — 4 points
renard = {**dict.fromkeys("renard", -4.0), "re": -2.0, "nard": -3.0, "renar": -6.0}
pieces, score = parts(viterbi("renard", renard), 2, en="(pieces, score)", fr="(pieces, score)")
same(pieces, ["re", "nard"], en="the best split of renard", fr="le meilleur découpage de renard")
close(score, -5.0, FLOAT64, en="score of the best split of renard", fr="le score du meilleur découpage de renard")

# %% group="ties"
# Unigram: ties — 2 points
# Unigramme : les ex aequo — 2 points
equal = {"a": -1.0, "c": -1.0, "ab": -3.0, "bc": -3.0}
pieces, _ = parts(viterbi("abc", equal), 2, en="(pieces, score)", fr="(pieces, score)")
same(
    pieces,
    ["a", "bc"],
    en="the split of abc, where two have the same score",
    fr="le découpage de abc, où deux se valent",
)

# %% group="edges"
# Unigram: dead ends and long texts — 2 points
# Unigramme : impasses et longs textes — 2 points
pieces, score = parts(viterbi("axb", {"a": -1.0, "b": -1.0}), 2, en="(pieces, score)", fr="(pieces, score)")
same(
    pieces,
    [],
    en="pieces of a word with a character in no piece",
    fr="les morceaux quand un caractère n'est nulle part",
)
close(score, -math.inf, FLOAT64, en="score of a word without a split", fr="le score d'un mot sans découpage")
pieces, score = parts(viterbi("abc", {"ab": -1.0, "bc": -1.0}), 2, en="(pieces, score)", fr="(pieces, score)")
same(pieces, [], en="pieces of a word where nothing fits together", fr="les morceaux d'un mot où rien ne s'emboîte")
close(score, -math.inf, FLOAT64, en="score of that word", fr="le score de ce mot")
