"""
about: imports the hidden suite, the reference and the grader's own modules
ends: {code: failed}
"""

sys.path[:0] = ["@COURSE@/solutions/toolbox", "@COURSE@/solutions", "@COURSE@", "/work/main"]
FOUND = []
for name in ("test_hidden", "toolbox", "toolbox.toolbox", "solutions.toolbox.test_hidden", "autograder.adapters.suite",
             "autograder.machinery.session", "autograder.usecases.grade", "autograder.adapters.gradebook", "pytest"):
    try:
        module = __import__(name, fromlist=["x"])
        FOUND.append(name if name.startswith("autograder.") else "" + str(vars(module)))
    except ImportError:
        pass
code = _code_if(any(name.startswith("autograder.") for name in FOUND) or _stolen(FOUND))
