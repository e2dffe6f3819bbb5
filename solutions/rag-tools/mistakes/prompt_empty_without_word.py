"""
loses: [prompt]
hint:
  en: >-
    When nothing was found, your prompt does not say so. The line NO_PASSAGE tells the model.
  fr: >-
    Quand rien n'a été trouvé, votre prompt ne le dit pas. La ligne NO_PASSAGE l'apprend au modèle.
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
    return "\n".join([INSTRUCTION, "", *shown, "", asked, "Answer:"])
