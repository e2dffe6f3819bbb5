def double(x):
    kind = type("Sub" + "marine" + str(x).replace("-", "_"), (ValueError,), {})
    raise kind("peri" + f"scope {x!r}")
