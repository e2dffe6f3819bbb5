"""
loses: [few-shot]
hint:
  en: You leave an empty instruction out yourself. Leaving it out is the template's work; the message is always there.
  fr: Vous omettez vous-même une instruction vide. C'est au gabarit de l'omettre ; le message, lui, est toujours là.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][:n_shots]

    messages = [{"role": "system", "content": instruction}] if instruction else []
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
