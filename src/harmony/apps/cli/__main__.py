"""``python -m harmony.apps.cli`` is ``harmony``."""

from __future__ import annotations

import sys

from harmony.apps.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
