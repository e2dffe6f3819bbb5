"""
loses: [generation-prompt]
hint:
  en: Your generation prompt stops right after the role. The model would have to finish the header before it can answer.
  fr: Votre invite de génération s'arrête juste après le rôle. Le modèle devrait finir l'en-tête avant de pouvoir répondre.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant" if add_generation_prompt else text
