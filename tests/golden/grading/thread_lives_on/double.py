import threading
import time


def wait():
    while True:
        time.sleep(0.01)


threading.Thread(target=wait).start()


def double(x):
    threading.Thread(target=wait).start()
    return [2 * item for item in x] if isinstance(x, list) else 2 * x
