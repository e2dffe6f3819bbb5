"""
loses: [turns, system]
hint:
  en: You neutralise the finished text, so the template's own tokens are broken up along with the users'.
  fr: "Vous neutralisez le texte terminé : les tokens du gabarit lui-même sont brisés avec ceux des utilisateurs."
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = neutralise("".join(f"{IM_START}{t['role']}\n{t['content']}{IM_END}\n" for t in turns))
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
