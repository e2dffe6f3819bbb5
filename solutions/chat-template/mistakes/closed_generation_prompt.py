"""
loses: [generation-prompt]
hint:
  en: "Your generation prompt is a whole turn, closed already: an empty answer, after which there is nothing left to say."
  fr: "Votre invite de génération est un tour complet, déjà fermé : une réponse vide, après laquelle il n'y a plus rien à dire."
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n{IM_END}\n" if add_generation_prompt else text
