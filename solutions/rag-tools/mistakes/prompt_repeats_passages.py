"""
loses: [prompt]
hint:
  en: >-
    You show the same passage twice. Equal ones are shown once, and cost once.
  fr: >-
    Vous montrez deux fois le même passage. Des passages égaux se montrent une fois, et se paient une fois.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in (" ".join(passage.split()) for passage in passages):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
