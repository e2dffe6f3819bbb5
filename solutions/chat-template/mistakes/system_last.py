"""
loses: [system]
hint:
  en: Your system message comes after the turns it is meant to govern.
  fr: Votre message système vient après les tours qu'il doit gouverner.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] not in ROLES for m in messages):
        raise ValueError("unknown role")

    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")

    turns = sorted(turns, key=lambda turn: turn["role"] == "system")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
