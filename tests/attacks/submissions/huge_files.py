"""
about: writes files larger than it may, sparse and full, and many of them
ends: {code: failed}
unusual: false
"""

DONE = []
for at in range(4):
    try:
        with open(f"big{at}", "wb", buffering=0) as file:
            file.truncate(2**40)
            DONE.append(1)
    except OSError:
        pass
    try:
        with open(f"full{at}", "wb", buffering=0) as file:
            for _ in range(80):
                file.write(bytes(2**20))
            DONE.append(1)
    except OSError:
        break
    finally:
        os.unlink(f"full{at}")
code = _code_if(DONE)
