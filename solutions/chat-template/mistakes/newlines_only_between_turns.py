"""
loses: [turns]
hint:
  en: You put newlines between the turns. The format has one after every turn, and the last turn is a turn too.
  fr: Vous mettez des sauts de ligne entre les tours. Le format en a un après chaque tour, et le dernier tour en est un aussi.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    lines = [f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}" for t in turns]
    if add_generation_prompt:
        lines.append(f"{IM_START}assistant\n")
    return "\n".join(lines)
