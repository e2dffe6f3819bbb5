"""
loses: [chat]
hint:
  en: >-
    Your prompt ends with the user's turn: nothing tells the model that the assistant speaks next.
  fr: >-
    Votre prompt se termine avec le tour de l'utilisateur : rien ne dit au modèle que c'est à l'assistant de
    parler.
"""


def chat_prompt(messages):
    text = ""
    for message in messages:
        role, said = message["role"], message["content"]
        if role not in ROLES:
            raise ValueError(role)
        for marker in MARKERS:
            said = said.replace(marker, "<" + marker[2:-2] + ">")
        text += "<|" + role + "|>\n" + said + "<|end|>\n"
    return text
