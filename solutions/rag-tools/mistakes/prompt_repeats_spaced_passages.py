"""
loses: [prompt]
hint:
  en: >-
    You look for repeated passages before you bring them into one line: two that differ in white space are
    both shown.
  fr: >-
    Vous cherchez les répétitions avant de ramener les passages à une ligne : deux passages qui ne diffèrent
    que par leurs blancs sont montrés tous les deux.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in (" ".join(passage.split()) for passage in dict.fromkeys(passages)):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
