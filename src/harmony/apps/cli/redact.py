"""``harmony redact``: a filter that hides secrets and personal data. Standard library and kernel only."""

from __future__ import annotations

import argparse
import json
import sys

from harmony.kernel.redaction.service import redact


def main(arguments: list[str]) -> int:
    """Standard input to standard output; ``--json`` prints one object with ``redacted`` and ``spans``."""
    parser = argparse.ArgumentParser(
        prog="harmony redact", description="Hide secrets and personal data in text from standard input."
    )
    parser.add_argument("--json", action="store_true", help="print one object: redacted, spans")
    options = parser.parse_args(arguments)
    text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    found = redact(text)
    if options.json:
        spans = [[span.start, span.end] for span in found.spans]
        sys.stdout.write(json.dumps({"redacted": found.text, "spans": spans}) + "\n")
    else:
        sys.stdout.write(found.text)
    return 0
