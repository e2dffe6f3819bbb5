"""
about: leaves modules named as those the platform imports in its folder and first on the path
ends: {code: failed}
"""

import importlib

_TRAP = "raise SystemExit('canary-trap')\n"
for name in ("random", "json", "torch", "msgpack", "numpy", "pytest", "sitecustomize", "test_hidden", "toolbox"):
    with open(f"{name}.py", "w") as file:
        file.write(_TRAP)
os.makedirs("autograder", exist_ok=True)
for name in ("__init__", "wire", "checks"):
    with open(f"autograder/{name}.py", "w") as file:
        file.write(_TRAP)
sys.path.insert(0, os.getcwd())
try:
    code = _code_if(hasattr(importlib.import_module("toolbox"), "code"))
except BaseException:
    code = _code_if(False)
