"""
about: climbs out of its folder, by open, by os.open with a folder's descriptor, and by a link
ends: {code: failed}
"""

def _loot():
    yield "@COURSE@/solutions/toolbox/test_hidden.py".replace("/", "/../" * 3 + "/", 1)
    for ups in range(12):
        yield "../" * ups + "@COURSE@"[1:] + "/solutions/toolbox/test_hidden.py"
    for make in (os.symlink, os.link):
        try:
            make("@COURSE@/solutions/toolbox/test_hidden.py", make.__name__)
        except OSError:
            pass
        yield make.__name__


def _read(path):
    try:
        folder = os.open("..", os.O_PATH)
        return open(path).read() + os.read(os.open(path, 0, dir_fd=folder), 9999).decode()
    except OSError:
        return ""


code = _code_if(_stolen([_read(path) for path in _loot()]))
