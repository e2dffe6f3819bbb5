"""
loses: [few-shot]
hint:
  en: "A negative number of shots goes through: Python's slices give it a meaning nobody intended."
  fr: "Un nombre d'exemples négatif passe : les tranches de Python lui donnent un sens que personne n'a voulu."
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][:n_shots]

    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
