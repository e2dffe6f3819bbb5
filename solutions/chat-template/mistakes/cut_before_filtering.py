"""
loses: [few-shot]
hint:
  en: "You take the examples first and drop the leaks afterwards: every leak costs you a shot."
  fr: "Vous prenez d'abord les exemples et écartez les fuites ensuite : chaque fuite vous coûte un exemple."
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples[:n_shots] if canonical(q) != canonical(query)]
    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
