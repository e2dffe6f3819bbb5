"""
loses: [system]
hint:
  en: "You count the messages before you leave the blank one out: what if none is left after that?"
  fr: "Vous comptez les messages avant d'omettre celui qui est blanc : et s'il n'en reste aucun ensuite ?"
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] not in ROLES for m in messages):
        raise ValueError("unknown role")

    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    if not messages:
        raise ValueError("nothing to render")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
