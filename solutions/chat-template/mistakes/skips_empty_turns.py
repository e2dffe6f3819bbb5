"""
loses: [turns]
hint:
  en: You leave out every empty message. Only a blank system message goes; an empty turn of the user or the assistant is still a turn.
  fr: Vous omettez tout message vide. Seul un message système blanc disparaît ; un tour vide de l'utilisateur ou de l'assistant reste un tour.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(
        f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns if t["content"].strip()
    )
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
