"""
loses: [injection]
hint:
  en: You look at the two tokens of the template. The tokenizer knows a third one, which ends a document.
  fr: Vous regardez les deux tokens du gabarit. Le tokenizer en connaît un troisième, qui termine un document.
"""


def neutralise(text):
    for token in (IM_START, IM_END):
        text = text.replace(token, "< " + token[1:])
    return text
