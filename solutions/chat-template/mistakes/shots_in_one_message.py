"""
loses: [few-shot]
hint:
  en: You paste all shots into one user message. In a chat each question and each answer is a turn of its own.
  fr: Vous collez tous les exemples dans un seul message d'utilisateur. Dans une conversation, chaque question et chaque réponse a son propre tour.
"""


def few_shot_prompt(instruction, examples, query, n_shots):
    if n_shots < 0:
        raise ValueError("n_shots < 0")
    shots = [(q, a) for q, a in examples if canonical(q) != canonical(query)][:n_shots]

    pasted = "".join(f"{question}\n{answer}\n\n" for question, answer in shots)
    return [{"role": "system", "content": instruction}, {"role": "user", "content": pasted + query}]
