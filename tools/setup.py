"""Prepare this checkout: ``python3 tools/setup.py up|test [--extras NAMES]``; standard library only, safe to repeat.

``up`` prepares what ``harmony up`` needs, ``test`` everything. Any Python 3 can read this file, so that an
unsuitable one gets one clear line instead of a syntax error; the work is in ``tools/preparing``.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def unsuitable(version: "tuple[int, ...]", executable: str) -> "str | None":
    """The one line for a Python that Harmony does not run on, or None. ``version`` is (major, minor, ...)."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    found = ".".join([str(part) for part in version[:3]])
    return (
        "Harmony needs Python 3.11, 3.12 or 3.13; this is "
        + found
        + " ("
        + str(executable)
        + "). Name a suitable one: make up PYTHON=python3.12"
    )


if __name__ == "__main__":
    line = unsuitable(sys.version_info[:3], sys.executable)
    if line is not None:
        sys.stderr.write(line + "\n")
        sys.exit(1)
    from preparing import command

    sys.exit(command.main(sys.argv[1:]))
