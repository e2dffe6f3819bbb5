"""
loses: [prompt]
hint:
  en: >-
    The question goes into your prompt as it is, with its newlines; it stands on one line, like the passages.
  fr: >-
    La question entre telle quelle dans votre prompt, sauts de ligne compris ; elle tient sur une ligne, comme
    les passages.
"""


def build_prompt(question, passages, max_words=300):
    shown = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = f"Question: {question.strip()}"
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
