"""
loses: [system]
hint:
  en: You accept a system message wherever it stands. It has one place; elsewhere the conversation is refused.
  fr: Vous acceptez un message système où qu'il soit. Il n'a qu'une place ; ailleurs, la conversation est refusée.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] not in ROLES for m in messages):
        raise ValueError("unknown role")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
