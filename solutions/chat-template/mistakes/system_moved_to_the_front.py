"""
loses: [system]
hint:
  en: You move a late system message to the front. The conversation then says something it never said; refuse it instead.
  fr: Vous ramenez en tête un message système tardif. La conversation dit alors ce qu'elle n'a jamais dit ; refusez-la plutôt.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] not in ROLES for m in messages):
        raise ValueError("unknown role")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")

    turns = sorted(turns, key=lambda turn: turn["role"] != "system")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
