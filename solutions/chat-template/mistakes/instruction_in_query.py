"""
loses: [few-shot]
hint:
  en: You put the instruction into the query's message. It has a message of its own, in front.
  fr: Vous mettez l'instruction dans le message de la requête. Elle a son propre message, en tête.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][:n_shots]

    messages = []
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": f"{instruction}\n{query}"}]
