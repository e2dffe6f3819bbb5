"""
loses: [generation-prompt]
hint:
  en: You open an assistant turn even when nobody asks for it. In a training text that turn stays empty.
  fr: Vous ouvrez un tour d'assistant même quand personne ne le demande. Dans un texte d'entraînement, ce tour reste vide.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n"
