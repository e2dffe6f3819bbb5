"""
loses: [prompt]
hint:
  en: >-
    You number the passages as they came. Those left out then leave gaps: number what is shown.
  fr: >-
    Vous numérotez les passages tels qu'ils arrivent. Ceux qu'on omet laissent alors des trous : numérotez ce
    qui est montré.
"""


def build_prompt(question, passages, max_words=300):
    lines = [" ".join(passage.split()) for passage in passages]
    shown = []
    for number, line in enumerate(lines, start=1):
        if not line or line in lines[: number - 1]:
            continue
        max_words -= len(line.split())
        if max_words < 0:
            break
        shown.append(f"[{number}] {line}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
