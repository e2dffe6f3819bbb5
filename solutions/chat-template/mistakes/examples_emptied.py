"""
loses: [few-shot]
hint:
  en: "You remove the leaks from the caller's own list: the next query will find fewer examples."
  fr: "Vous retirez les fuites de la liste même de l'appelant : la requête suivante y trouvera moins d'exemples."
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    for example in list(examples):
        if canonical(example[0]) == canonical(query):
            examples.remove(example)
    shots = examples[:n_shots]

    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
