"""
loses: [system]
hint:
  en: You write down any role you are given. A role the model was never trained on, or one with special tokens in it, must be refused.
  fr: Vous écrivez n'importe quel rôle donné. Un rôle inconnu du modèle, ou qui contient des tokens spéciaux, doit être refusé.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
