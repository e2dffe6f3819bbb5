"""
loses: [prompt]
hint:
  en: >-
    You lose the order of the passages. They come best first and stay so.
  fr: >-
    Vous perdez l'ordre des passages. Ils arrivent du meilleur au moins bon et le restent.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in sorted({" ".join(passage.split()) for passage in passages}):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
