"""
loses: [few-shot]
hint:
  en: You show the simplified texts. They serve to compare; the model reads the texts as they were written.
  fr: Vous montrez les textes simplifiés. Ils servent à comparer ; le modèle lit les textes tels qu'ils ont été écrits.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    pairs = [(canonical(q), a) for q, a in examples]
    query = canonical(query)
    shots = [(q, a) for q, a in pairs if q != query][:n_shots]

    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
