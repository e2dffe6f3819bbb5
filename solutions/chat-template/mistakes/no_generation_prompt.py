"""
loses: [generation-prompt]
hint:
  en: "The flag has no effect: nobody opens the assistant's turn, and a model that continues the text may write the user's next line."
  fr: "L'option n'a aucun effet : personne n'ouvre le tour de l'assistant, et un modèle qui prolonge le texte peut écrire la réplique suivante de l'utilisateur."
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    return "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
