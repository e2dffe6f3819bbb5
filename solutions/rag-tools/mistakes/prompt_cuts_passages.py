"""
loses: [prompt]
hint:
  en: >-
    You cut the last passage to what is left of the budget. Passages are whole or absent: half a sentence may
    say the contrary.
  fr: >-
    Vous coupez le dernier passage à ce qui reste du budget. Un passage est entier ou absent : une demi-phrase
    peut dire le contraire.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        kept = " ".join(passage.split()[:max_words])
        max_words -= len(kept.split())
        if kept:
            shown.append(f"[{len(shown) + 1}] {kept}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
