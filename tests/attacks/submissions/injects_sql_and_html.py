"""
about: names and texts that are SQL, HTML, templates and format strings
ends: {code: crashed, words: failed, repeat: crashed}
unusual: false
"""

def code(number):
    raise type("'); DROP TABLE grades; --", (ValueError,), {})("{{ 7 * 7 }} {0.__class__} %s")


def words(text):
    return type("<script>alert(1)</script>", (), {})()


def repeat(step, start, times):
    raise type("<b>ValueError</b>", (Exception,), {})("<script>alert(2)</script>")  # <script>alert(3)</script>
