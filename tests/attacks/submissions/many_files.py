"""
about: makes files until the folder can hold no more
earns: [scale, softmax, attend, gradients, words, tally, repeat]
unusual: false
"""

def code(number):
    for at in range(200_000):
        open(f"file{at}", "w").close()
    return None
