"""
about: prints without end to both streams
ends: {code: limit}
"""

def code(number):
    while True:
        os.write(1, b"canary? " * 8192)
        os.write(2, b"\x1b[2J\x07\xff" * 8192)
