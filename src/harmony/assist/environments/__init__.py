"""environments: what system a failure happened on, how its paths and commands read elsewhere, and which known
difference between systems explains it.

Owns: nothing that is stored; the quirks are data that ships with the code.
Promises: everything here is pure and bounded; a translation is right or refused with the reason, never guessed; every
detection and every quirk comes with the words that it was read from; no pattern can run away.
Begin: ``model.py`` (the nouns), then whichever question you came with: `detection.py` (what system is this),
`paths.py` (one location in every spelling), `shells/` (one command in three shells), `catalogue.py` with its data in
`quirks/` (the known differences) and `answers.py` (which of them explains a failure). Each is a pure file of its own,
so that the filter loads only what it needs. ``docs/guides/quirks.md`` says how a quirk is added.
"""
