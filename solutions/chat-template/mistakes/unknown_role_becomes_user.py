"""
loses: [system]
hint:
  en: "You pass an unknown role off as the user. An error that stays silent here is a wrong answer later: refuse it."
  fr: "Vous faites passer un rôle inconnu pour l'utilisateur. Une erreur tue ici devient une mauvaise réponse plus tard : refusez-la."
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")

    turns = [{**turn, "role": turn["role"] if turn["role"] in ROLES else "user"} for turn in turns]
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
