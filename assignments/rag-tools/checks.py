# The public checks of rag-tools, as `autograder check` runs them.
# Les vérifications publiques de rag-tools, telles que les exécute `autograder check`.

# %% group="bm25"
# BM25 — 4 points
# BM25 — 4 points
found = bm25(["fox"], [["fox", "fox", "crow"], ["crow"]], k1=2.0, b=1.0)
expect(type(found) is list, en="bm25 returns a list", fr="bm25 renvoie une liste")
close(torch.tensor(found), torch.tensor([0.4 * math.log(2), 0.0]), en="the example by hand", fr="l'exemple à la main")
# "crow" stands in both documents: n = N = 2, idf = ln(1 + 0.5 / 2.5) = ln 1.2. With b = 0 the length has no say.
found = bm25(["crow", "wolf"], [["fox", "fox", "crow"], ["crow"]], k1=1.0, b=0.0)
close(
    torch.tensor(found),
    torch.tensor([math.log(1.2) / 2, math.log(1.2) / 2]),
    en="a word of every document, and one of none",
    fr="un mot de tous les documents, et un mot d'aucun",
)
same(bm25(["fox"], []), [], en="scores of an empty corpus", fr="les scores d'un corpus vide")
close(
    torch.tensor(bm25(["fox"], [[], []])),
    torch.zeros(2),
    en="scores of two empty documents",
    fr="les scores de deux documents vides",
)

# %% group="cosine"
# The nearest vectors — 3 points
# Les vecteurs les plus proches — 3 points
indices, scores = cosine_topk(
    torch.tensor([2.0, 0.0]), torch.tensor([[0.0, 5.0], [3.0, 4.0], [0.0, 0.0], [1.0, 0.0]]), 3
)
same(indices.tolist(), [3, 1, 0], en="rows of the example by hand", fr="les lignes de l'exemple à la main")
close(
    scores,
    torch.tensor([1.0, 0.6, 0.0]),
    FLOAT32,
    en="cosines of the example by hand",
    fr="les cosinus de l'exemple à la main",
)
indices, scores = cosine_topk(torch.tensor([0.0, 1.0]), torch.tensor([[0.0, -3.0], [0.0, 0.0]]), 5)
same(indices.tolist(), [1, 0], en="all rows, when k exceeds their number", fr="toutes les lignes, quand k les dépasse")

# %% group="chunk"
# Passages that overlap — 3 points
# Des passages qui se recouvrent — 3 points
same(
    chunk([1, 2, 3, 4, 5, 6], size=4, overlap=2),
    [[1, 2, 3, 4], [3, 4, 5, 6]],
    en="six tokens in windows of 4 that share 2",
    fr="six tokens en fenêtres de 4 qui en partagent 2",
)
same(
    chunk([1, 2, 3, 4, 5, 6, 7], size=4, overlap=2),
    [[1, 2, 3, 4], [3, 4, 5, 6], [5, 6, 7]],
    en="seven tokens in the same windows",
    fr="sept tokens dans les mêmes fenêtres",
)
same(chunk(["a"], size=3, overlap=2), [["a"]], en="one token", fr="un seul token")
raises("ValueError", chunk, [1, 2, 3], 2, 2, en="an overlap as large as the size", fr="un overlap égal à size")

# %% group="prompt"
# The prompt — 2 points
# Le prompt — 2 points
same(
    build_prompt("Who\nsleeps?", ["A  fox\nsleeps.", " ", "A fox sleeps. ", "A crow."]),
    INSTRUCTION + "\n\n[1] A fox sleeps.\n[2] A crow.\n\nQuestion: Who sleeps?\nAnswer:",
    en="a prompt with two passages to show",
    fr="un prompt avec deux passages à montrer",
)
same(
    build_prompt("Who?", ["one two", "three four five", "six"], max_words=4),
    INSTRUCTION + "\n\n[1] one two\n\nQuestion: Who?\nAnswer:",
    en="a prompt whose second passage does not fit",
    fr="un prompt dont le deuxième passage ne tient pas",
)

# %% group="parse"
# Reading a call — 3 points
# Lire un appel — 3 points
same(parse_call("The fox."), None, en="a reply without a call", fr="une réponse sans appel")
same(
    parse_call('I look.\n<tool_call>\n{"name": "search", "arguments": {"query": "fox", "all": true}}\n</tool_call>'),
    {"name": "search", "arguments": {"query": "fox", "all": True}},
    en="a well-formed call",
    fr="un appel bien formé",
)
for wrong in ("search('fox')", "{'name': 'search'}", '["search"]', '{"name": "search", "arguments": "fox"}'):
    same(
        parse_call(f"<tool_call>{wrong}</tool_call>"),
        {"error": MALFORMED},
        en="a malformed call",
        fr="un appel mal formé",
    )

# %% group="tool"
# Carrying out a call — 2 points
# Exécuter un appel — 2 points
same(
    run_tool({"name": "ratio", "arguments": {"b": 4, "a": 1}}, {"ratio": lambda a, b: a / b}),
    "0.25",
    en="the observation of a division",
    fr="l'observation d'une division",
)
same(
    run_tool({"name": "ratio", "arguments": {"a": 1, "b": 0}}, {"ratio": lambda a, b: a / b}),
    "error: ZeroDivisionError",
    en="the observation of a division by zero",
    fr="l'observation d'une division par zéro",
)
same(run_tool({"name": "print", "arguments": {}}, {}), "error: unknown tool print", en="no tool", fr="aucun outil")
same(run_tool({"error": MALFORMED}, {}), "error: malformed call", en="a malformed call", fr="un appel mal formé")

# %% group="agent"
# The loop of the agent — 3 points
# La boucle de l'agent — 3 points
def repeats_what_it_reads(messages: list[dict[str, str]]) -> str:
    if messages[-1]["role"] == "tool":
        return "It is " + messages[-1]["content"]
    return '<tool_call>{"name": "double", "arguments": {"x": 21}}</tool_call>'


answer, messages = run_agent(repeats_what_it_reads, {"double": lambda x: 2 * x}, "Twice 21?", 5)
same(answer, "It is 42", en="the answer of a model that reads its tool", fr="la réponse d'un modèle qui lit son outil")
same(
    [message["role"] for message in messages],
    ["user", "assistant", "tool", "assistant"],
    en="the roles of the messages",
    fr="les rôles des messages",
)
answer, messages = run_agent(lambda messages: '<tool_call>{"name": "wait"}</tool_call>', {"wait": str}, "Done?", 3)
same(answer, None, en="the answer of a model that never answers", fr="la réponse d'un modèle qui ne répond jamais")
same(len(messages), 7, en="the number of messages after 3 steps", fr="le nombre de messages après 3 pas")
