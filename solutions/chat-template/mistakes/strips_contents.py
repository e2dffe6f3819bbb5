"""
loses: [turns]
hint:
  en: You tidy the contents up. What a speaker wrote, spaces and newlines at both ends included, goes into the turn as it is.
  fr: Vous nettoyez les contenus. Ce qu'un interlocuteur a écrit, espaces et sauts de ligne des deux bouts compris, entre tel quel dans le tour.
"""


def render_chat(messages, add_generation_prompt=False):
    for position, message in enumerate(messages):
        if message["role"] not in ROLES or (message["role"] == "system" and position > 0):
            raise ValueError(message["role"])
    turns = [m for m in messages if m["role"] != "system" or m["content"].strip()]
    if not turns:
        raise ValueError("nothing to render")
    text = "".join(f"{IM_START}{t['role']}\n{neutralise(t['content'].strip())}{IM_END}\n" for t in turns)
    return text + f"{IM_START}assistant\n" if add_generation_prompt else text
