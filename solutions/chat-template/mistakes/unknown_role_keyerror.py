"""
loses: [system]
hint:
  en: An unknown role does stop your function, but by accident, in a look-up. The caller was promised another error.
  fr: Un rôle inconnu arrête bien votre fonction, mais par accident, dans une recherche de clé. L'appelant attend une autre erreur.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")

    names = {role: role for role in ROLES}
    turns = [{"role": names[turn["role"]], "content": turn["content"]} for turn in turns]
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
