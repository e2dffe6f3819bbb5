"""
loses: [turns]
hint:
  en: You put a newline between the content and the token that closes the turn. The model would learn to write it before it stops.
  fr: Vous mettez un saut de ligne entre le contenu et le token qui ferme le tour. Le modèle apprendrait à l'écrire avant de s'arrêter.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}\n{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
