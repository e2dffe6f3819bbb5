"""The limits of `assignment.yaml` reach the worker, each under its own name."""

from __future__ import annotations

import pytest

from autograder.machinery.proxy import Student


def _asked(session) -> object:
    return Student(session, []).f()


@pytest.mark.parametrize(("files_mib", "fits"), [(2, False), (64, True)])
def test_files_end_at_files_mib(hand_in, files_mib, fits):
    source = """
        def f():
            try:
                with open('big', 'wb') as file:
                    return file.write(b'x' * 8 * 2**20) and True
            except OSError:
                return False
        """
    assert _asked(hand_in(source, files_mib=files_mib)) is fits


@pytest.mark.parametrize(("processes", "most"), [(4, 4), (32, 32)])
def test_threads_end_at_processes(hand_in, processes, most):
    source = """
        import threading

        def f():
            stay, started = threading.Event(), 0
            try:
                for _ in range(40):
                    threading.Thread(target=stay.wait, daemon=True).start()
                    started += 1
            except RuntimeError:
                pass
            stay.set()
            return started
        """
    assert _asked(hand_in(source, processes=processes)) < most


@pytest.mark.parametrize(("output_kib", "flooded"), [(1, True), (64, False)])
def test_output_ends_at_output_kib(hand_in, output_kib, flooded):
    session = hand_in("def f():\n    print('x' * 8192)\n    return 1\n", output_kib=output_kib)
    assert _asked(session) == 1
    session.close()
    assert bool(session.unusual) is flooded
