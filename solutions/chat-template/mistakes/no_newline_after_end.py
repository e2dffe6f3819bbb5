"""
loses: [turns]
hint:
  en: "Your turns stick to one another: something belongs between the end of a turn and the beginning of the next."
  fr: "Vos tours se collent les uns aux autres : il y a quelque chose entre la fin d'un tour et le début du suivant."
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
