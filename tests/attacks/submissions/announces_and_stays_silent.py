"""
about: announces a message of the largest size and sends nothing of it
ends: {code: limit, words: crashed}
"""

import time


def code(number):
    _worker()[0]._channel.sendall((64 * 2**20).to_bytes(4, "big"))
    time.sleep(60)


def words(text):
    _worker()[0]._channel.sendall((200 * 2**20).to_bytes(4, "big"))
    time.sleep(60)
