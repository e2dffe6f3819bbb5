"""
loses: [prompt]
hint:
  en: >-
    A passage that uses up the budget exactly still fits.
  fr: >-
    Un passage qui épuise exactement le budget tient encore.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        max_words -= len(passage.split())
        if max_words <= 0 and passage:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
