"""
about: puts other files over the channel and the streams
ends: {code: crashed}
"""

def code(number):
    other = os.open("/dev/null", os.O_RDWR)
    for descriptor in range(4):
        os.dup2(other, descriptor)
    return 3
