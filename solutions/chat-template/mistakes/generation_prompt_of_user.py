"""
loses: [generation-prompt]
hint:
  en: The turn you open at the end is the user's. Whose turn is it to write?
  fr: Le tour que vous ouvrez à la fin est celui de l'utilisateur. À qui est-ce d'écrire ?
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}user\n" if add_generation_prompt else text
