"""
loses: [generation-prompt]
hint:
  en: You decide from the last role whether the flag counts. When it is set it always counts.
  fr: Vous décidez d'après le dernier rôle si l'option compte. Quand elle est donnée, elle compte toujours.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)

    if add_generation_prompt and turns[-1]["role"] == "user":
        text += f"{IM_START}assistant\n"
    return text
