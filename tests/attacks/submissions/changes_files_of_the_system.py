"""
about: changes modes, dates, owners and content of libraries that others load
ends: {code: failed}
"""

DONE = []
for path in (torch.__file__, os.__file__, sys.executable, "/usr/lib", "/dev/null", "/grader/autograder/wire.py"):
    for change in (
        lambda p: os.chmod(p, 0o777), lambda p: os.chown(p, 0, 0), lambda p: os.utime(p), lambda p: os.unlink(p),
        lambda p: os.rename(p, p + "x"), lambda p: open(p, "r+").write("#") if p != "/dev/null" else 1 / 0,
        lambda p: os.truncate(p, 0), lambda p: os.setxattr(p, "user.x", b"1"), lambda p: os.mkfifo(p + ".fifo"),
        lambda p: os.mkdir(p + ".d"), lambda p: open(os.path.dirname(p) + "/usercustomize.py", "w"),
    ):
        try:
            change(path)
            DONE.append(path)
        except (OSError, ZeroDivisionError):
            pass
print(DONE)
code = _code_if(DONE)
