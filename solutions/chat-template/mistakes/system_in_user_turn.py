"""
loses: [system]
hint:
  en: You write the system message into the first user turn, as some models do. In this format it has a turn of its own.
  fr: Vous écrivez le message système dans le premier tour d'utilisateur, comme le font certains modèles. Dans ce format, il a son propre tour.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] not in ROLES for m in messages):
        raise ValueError("unknown role")

    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")

    if turns[0]["role"] == "system" and len(turns) > 1:
        order, first, *rest = turns
        turns = [{"role": first["role"], "content": f"{order['content']}\n\n{first['content']}"}, *rest]
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
