from __future__ import annotations

from autograder.errors import PlatformError
from autograder.machinery.sandbox import strongest_tier
from autograder.usecases import doctor
from autograder.usecases.doctor import as_document, examine


def test_this_machine_is_examined_and_every_failure_has_a_fix(tmp_path):
    done = examine(tmp_path)
    assert (done.tier, done.isolation) == (strongest_tier(), f"tier {strongest_tier()}")
    assert {"python", "torch", "pytest", "clock", "disk"} <= {probe.name for probe in done.probes}
    assert all(probe.ok or probe.fix for probe in done.probes)
    document = as_document(done)
    assert list(document) == ["version", "tier", "isolation", "probes"]
    assert all(list(probe) == ["name", "ok", "detail", "fix"] for probe in document["probes"])


def test_what_is_short_fails_with_its_fix(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "FREE_MIB", 2**40)
    monkeypatch.setattr(doctor, "EARLIEST", 2**40)
    monkeypatch.setattr(doctor, "PACKAGES", ("a-package-nobody-wrote",))
    monkeypatch.setattr(doctor, "probes", lambda: ())

    def refuse():
        raise PlatformError("no isolation here")

    monkeypatch.setattr(doctor, "strongest_tier", refuse)
    done = examine(tmp_path)
    failing = {probe.name: probe.fix for probe in done.probes if not probe.ok}
    assert set(failing) == {"a-package-nobody-wrote", "clock", "disk"} and all(failing.values())
    assert (done.tier, done.isolation) == (None, "none: no isolation here")
