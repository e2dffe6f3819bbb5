"""
loses: [turns]
hint:
  en: In your turns the role and the content share a line. What separates them in the format?
  fr: Dans vos tours, le rôle et le contenu sont sur la même ligne. Qu'est-ce qui les sépare dans le format ?
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']} {neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
