"""
loses: [prompt]
hint:
  en: >-
    You compare each passage with the whole budget. It is for all of them together.
  fr: >-
    Vous comparez chaque passage au budget entier. Il vaut pour tous ensemble.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        max_words -= 0
        if len(passage.split()) > max_words:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
