"""
loses: [chat]
hint:
  en: >-
    A content with `<|end|>` in it ends its turn and can open another in any role: your prompt lets it.
  fr: >-
    Un contenu avec `<|end|>` termine son tour et peut en ouvrir un autre, dans n'importe quel rôle : votre prompt
    le laisse faire.
"""


def chat_prompt(messages):
    turns = []
    for message in messages:
        if message["role"] not in ROLES:
            raise ValueError(message["role"])
        turns.append(f"<|{message['role']}|>\n{message['content']}<|end|>\n")
    return "".join([*turns, "<|assistant|>\n"])
