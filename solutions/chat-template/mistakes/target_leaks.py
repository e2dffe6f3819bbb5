"""
loses: [few-shot]
hint:
  en: "The query may be among your shots, together with its answer: the model only has to copy."
  fr: "La requête peut figurer parmi vos exemples, avec sa réponse : le modèle n'a plus qu'à recopier."
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = examples[:n_shots]
    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
