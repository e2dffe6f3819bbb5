"""
loses: [system]
hint:
  en: A system message that says nothing still gets a turn.
  fr: Un message système qui ne dit rien reçoit quand même un tour.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] not in ROLES for m in messages):
        raise ValueError("unknown role")

    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    turns = messages
    if not any(m["role"] != "system" or m["content"].strip() for m in messages):
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
