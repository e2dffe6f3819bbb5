"""
loses: [few-shot]
hint:
  en: You look for the query letter by letter. With another case, spacing or accent form it is still the same question.
  fr: Vous cherchez la requête lettre à lettre. Avec une autre casse, d'autres espaces ou d'autres accents Unicode, c'est toujours la même question.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if q != query][:n_shots]
    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
