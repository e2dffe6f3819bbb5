"""
loses: [prompt]
hint:
  en: >-
    Your prompt goes on after `Answer:`. The model goes on exactly there.
  fr: >-
    Votre prompt se poursuit après `Answer:`. C'est exactement là que le modèle enchaîne.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"]) + "\n"
