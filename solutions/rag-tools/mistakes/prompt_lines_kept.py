"""
loses: [prompt]
hint:
  en: >-
    Your passages keep their newlines: one that holds a line `Question: …` can pass for the question.
  fr: >-
    Vos passages gardent leurs sauts de ligne : celui qui contient une ligne `Question: …` peut se faire
    passer pour la question.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(passage.strip() for passage in passages):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
