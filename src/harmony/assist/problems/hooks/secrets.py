"""The secret of a source: derived from a key of the installation, so that nothing secret is kept for any source.

HMAC-SHA-256 of the source and the generation under the key, told apart from what else the key signs by its first words
(a signed token begins with ``ey``). Another generation, or another key, is another secret.
"""

from __future__ import annotations

import base64
import hmac

from joserfc.jwk import OctKey

from harmony.assist.problems.hooks.signatures import SECRET_PREFIX
from harmony.assist.problems.pipelines import CiSource
from harmony.commons.identity.service import Signer

PURPOSE = "harmony ci source"


def newest_key_id(signer: Signer) -> str:
    return str(signer.keys.keys[0].kid)


def secret_of(signer: Signer, source: CiSource) -> str | None:
    """``whsec_`` and 32 bytes in base64; None when the installation no longer has the key: a new secret is due."""
    key = next((key for key in signer.keys.keys if key.kid == source.key_id), None)
    if not isinstance(key, OctKey):
        return None
    words = "\x00".join((PURPOSE, source.id, str(source.generation)))
    return SECRET_PREFIX + base64.b64encode(hmac.digest(key.raw_value, words.encode(), "sha256")).decode()
