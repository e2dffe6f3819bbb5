"""
loses: [injection]
hint:
  en: You neutralise what users write. An answer can quote a user, and a system message can hold a web page.
  fr: Vous neutralisez ce qu'écrivent les utilisateurs. Une réponse peut citer un utilisateur, un message système contenir une page web.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = ""
    for turn in turns:
        content = neutralise(turn["content"]) if turn["role"] == "user" else turn["content"]
        text += f"{IM_START}{turn['role']}\n{content}{IM_END}\n"
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
