from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.adapters.receipt import Receipt, read_receipt, sign

SECRET = b"0123456789abcdef"
RECEIPT = Receipt("llm", "ada", "double", "double.py", "ab" * 32, datetime(2026, 11, 10, tzinfo=UTC))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "receipt.json"


def test_receipt_is_known_again_by_who_signed_it_alone(path):
    path.write_text(sign(RECEIPT, SECRET))
    assert read_receipt(path, SECRET) == RECEIPT
    assert read_receipt(path, b"another secret of 16") is None
    assert SECRET.decode() not in path.read_text()


@pytest.mark.parametrize("key", ["course", "student", "assignment", "file", "sha256", "received_at", "version"])
def test_receipt_with_one_word_changed_is_not_signed(path, key):
    document = json.loads(sign(RECEIPT, SECRET))
    document[key] = 2 if key == "version" else "2026-11-09T00:00:00+00:00" if key == "received_at" else "eve"
    path.write_text(json.dumps(document))
    assert read_receipt(path, SECRET) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "1", '{"signature": 5}', "[" * 10_000, '{"signature": "é"}'])
def test_file_of_anything_else_is_not_signed(path, text):
    path.write_text(text)
    assert read_receipt(path, SECRET) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_name_reads_back(path, name):
    receipt = Receipt("llm", name, "double", name, "", RECEIPT.received_at)
    path.write_text(sign(receipt, SECRET), encoding="utf-8", newline="")
    assert read_receipt(path, SECRET) == receipt
