"""
loses: [system]
hint:
  en: You fill in an instruction of your own where the system message is blank. Some models do; this format adds nothing.
  fr: Vous ajoutez une instruction de votre cru quand le message système est blanc. Certains modèles le font ; ce format n'ajoute rien.
"""


def render_chat(messages, add_generation_prompt=False):
    if any(m["role"] not in ROLES for m in messages):
        raise ValueError("unknown role")

    if any(m["role"] == "system" for m in messages[1:]):
        raise ValueError("a system message may only come first")

    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]

    if not turns:
        raise ValueError("nothing to render")

    if len(turns) < len(messages):
        turns = [{"role": "system", "content": "You are a helpful assistant."}, *turns]
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'])}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
