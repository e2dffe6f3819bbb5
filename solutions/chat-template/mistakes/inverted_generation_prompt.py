"""
loses: [generation-prompt]
hint:
  en: "Your flag works backwards: the assistant's turn is opened for training and not for generating."
  fr: "Votre option marche à l'envers : le tour de l'assistant s'ouvre à l'entraînement et pas à la génération."
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text if add_generation_prompt else text + f"{IM_START}assistant\n"
