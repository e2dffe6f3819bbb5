"""
loses: [few-shot]
hint:
  en: You drop one leak and stop there; a data set can hold the same question twice.
  fr: Vous écartez une fuite et vous en restez là ; un jeu de données peut contenir deux fois la même question.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    known = [canonical(q) for q, _ in examples]
    shots = list(examples)
    if canonical(query) in known:
        del shots[known.index(canonical(query))]
    shots = shots[:n_shots]

    messages = [{"role": "system", "content": instruction}]
    for question, answer in shots:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return [*messages, {"role": "user", "content": query}]
