"""Words of others for a person's terminal."""

from __future__ import annotations


def plain(text: str) -> str:
    """One line without control characters: they could move the cursor, hide lines or type into the terminal."""
    return "".join(character if character.isprintable() else "·" for character in text)
