"""
loses: [few-shot]
hint:
  en: You put an assistant message after the query. Opening the answer is the generation prompt's work; here the turn would be closed.
  fr: Vous ajoutez un message d'assistant après la requête. Ouvrir la réponse est le travail de l'invite de génération ; ici, le tour serait fermé.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][:n_shots]

    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}, {"role": "assistant", "content": ""}]
