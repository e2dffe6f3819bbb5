"""
loses: [tool]
hint:
  en: >-
    A tool's exception ends your program. It becomes an observation: the model may try otherwise.
  fr: >-
    L'exception d'un outil arrête votre programme. Elle devient une observation : le modèle peut s'y prendre
    autrement.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    return str(tools[call["name"]](**call["arguments"]))
