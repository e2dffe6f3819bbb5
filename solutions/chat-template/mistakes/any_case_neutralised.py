"""
loses: [injection]
hint:
  en: "You ignore case. The tokenizer does not: in capitals it is ordinary text."
  fr: "Vous ignorez la casse. Pas le tokenizer : en capitales, c'est du texte ordinaire."
"""


def neutralise(text):
    return re.sub(r"<(?=\|(im_start|im_end|endoftext)\|>)", "< ", text, flags=re.IGNORECASE)
