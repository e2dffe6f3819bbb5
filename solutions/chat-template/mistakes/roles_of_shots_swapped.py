"""
loses: [few-shot]
hint:
  en: In your shots the assistant asks and the user answers.
  fr: Dans vos exemples, c'est l'assistant qui demande et l'utilisateur qui répond.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][:n_shots]

    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "assistant", "content": question}, {"role": "user", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
