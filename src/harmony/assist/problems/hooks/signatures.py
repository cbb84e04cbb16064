"""Who really sent a web hook. Pure; every comparison takes the same time wherever the two differ.

GitHub signs the body (``X-Hub-Signature-256``, HMAC-SHA-256 in hex). GitLab sends the secret itself
(``X-Gitlab-Token``), or signs by the Standard Webhooks form when a signing token is set: ``webhook-signature`` holds
``v1,<base64>`` entries over ``<webhook-id>.<webhook-timestamp>.<body>``, keyed with what stands in base64 behind
``whsec_``. A signature that is there must hold: a token beside it does not rescue it.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime

SECRET_PREFIX = "whsec_"
TOLERANCE_SECONDS = 300
SIGNATURES_LIMIT_ITEMS = 8
"""Of several signatures, as after a change of secret, so many are looked at."""


def signed_by_github(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    expected = "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()
    return _same(expected, headers.get("x-hub-signature-256", ""))


def sent_by_gitlab(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> bool:
    signatures = headers.get("webhook-signature")
    if signatures is None:
        return _same(secret, headers.get("x-gitlab-token", ""))
    name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not name or not (stamp.isascii() and stamp.isdigit()) or len(stamp) > 12:
        return False
    if abs(now.timestamp() - int(stamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    digest = hmac.digest(key, f"{name}.{stamp}.".encode("utf-8", "replace") + body, "sha256")
    expected = "v1," + base64.b64encode(digest).decode()
    given = signatures.split(" ")[:SIGNATURES_LIMIT_ITEMS]
    return sum(_same(expected, one) for one in given) > 0


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
