"""
loses: [few-shot]
hint:
  en: You pick the right shots and show them from last to first.
  fr: Vous choisissez les bons exemples et les montrez du dernier au premier.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][:n_shots]

    shots.reverse()

    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
