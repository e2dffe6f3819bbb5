"""
loses: [turns]
hint:
  en: You guess the role from the position, as if user and assistant always alternated. One speaker can send two messages in a row.
  fr: Vous devinez le rôle d'après la position, comme si utilisateur et assistant alternaient toujours. On peut envoyer deux messages de suite.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text, speakers = "", ("user", "assistant")
    spoken = 0
    for turn in turns:
        role = "system" if turn["role"] == "system" else speakers[spoken % 2]
        spoken += turn["role"] != "system"
        text += f"{IM_START}{role}\n{neutralise(turn['content'])}{IM_END}\n"
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
