"""
loses: [few-shot]
hint:
  en: You count your shots from the end of the examples. And what does your slice give for zero shots?
  fr: Vous comptez vos exemples à partir de la fin. Et que donne votre tranche pour zéro exemple ?
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][-n_shots:]
    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
