"""
loses: [turns]
hint:
  en: "There is one newline too many between your turns: it is what a Jinja template does when its block lines are not trimmed."
  fr: "Il y a un saut de ligne de trop entre vos tours : c'est ce que fait un gabarit Jinja dont on ne rogne pas les lignes de blocs."
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
