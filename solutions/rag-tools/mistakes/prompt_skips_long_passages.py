"""
loses: [prompt]
hint:
  en: >-
    You skip a passage that does not fit and go on with shorter ones. The first that does not fit ends the
    list.
  fr: >-
    Vous sautez un passage qui ne tient pas et continuez avec de plus courts. Le premier qui ne tient pas
    termine la liste.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        max_words -= len(passage.split())
        if max_words < 0:
            max_words += len(passage.split())
            continue
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
