"""
loses: [turns]
hint:
  en: "You close the conversation, not each turn: nothing says where one speaker stops, so roles leak into one another."
  fr: "Vous fermez la conversation et non chaque tour : rien ne dit où un interlocuteur s'arrête, et les rôles débordent l'un sur l'autre."
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = (
        "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}\n" for t in turns).removesuffix("\n")
        + f"{IM_END}\n"
    )
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
