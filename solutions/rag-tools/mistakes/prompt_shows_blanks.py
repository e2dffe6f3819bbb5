"""
loses: [prompt]
hint:
  en: >-
    You show blank passages, as a number with nothing behind it.
  fr: >-
    Vous montrez des passages blancs : un numéro et rien derrière.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if max_words >= 0:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
