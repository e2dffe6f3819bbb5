"""A receipt: that a work was in the instructor's hands at a moment, signed so that the instructor knows it again.

Covers signing and checking with a key that is derived from the course secret and never leaves the instructor. Whoever
has the key can sign, so a receipt binds the instructor's side only; and nothing is signed before work was collected.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.adapters.untrusted_file import as_text, read_regular

_PURPOSE = b"autograder receipt 1"
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True)
class Receipt:
    """Whose work, of which assignment, which file and its SHA-256, and the moment that counts for lateness."""

    course: str
    student: str
    assignment: str
    file: str
    sha256: str
    received_at: datetime


def sign(receipt: Receipt, secret: bytes) -> str:
    """The receipt as a JSON document with its signature, an HMAC-SHA256."""
    body = _body(receipt)
    return json.dumps({**body, "signature": _signature(body, secret)}, indent=1, ensure_ascii=False) + "\n"


def read_receipt(path: Path, secret: bytes) -> Receipt | None:
    """The receipt in a file when its signature is right, else None. Raises Unreadable when it is no file of text."""
    text = as_text(read_regular(path, _MAX_BYTES), path.name)
    try:
        found: Any = json.loads(text)
        signature = found.pop("signature")
        receipt = Receipt(
            **{key: value for key, value in found.items() if key not in ("version", "received_at")},
            received_at=datetime.fromisoformat(found["received_at"]),
        )
        body = _body(receipt)
        right = hmac.compare_digest(_signature(body, secret), signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
    return receipt if right and body == found else None


def _body(receipt: Receipt) -> dict[str, Any]:
    moment = receipt.received_at.astimezone(UTC).isoformat(timespec="seconds")
    return {"version": 1, **asdict(receipt), "received_at": moment}


def _signature(body: dict[str, Any], secret: bytes) -> str:
    key = hmac.new(secret, _PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, json.dumps(body, sort_keys=True).encode(), hashlib.sha256).hexdigest()


def as_document(file: str, receipt: Receipt | None) -> dict[str, object]:
    """One entry of `receipt --json`; only `signed` when the signature is not right."""
    return {"file": file, "signed": receipt is not None, **({} if receipt is None else _body(receipt))}
