"""sdk: what users build members of the orchestra with. Kernel and messages only, beside httpx and websockets.

Promises: ``async with Member(…)`` registers, beats over one stream, answers requests and carries commands out; it comes
back by itself after a restart of the Conductor, and keeps its last view of the others while the Conductor is away. One
idempotency key has one effect here, however often the request arrives. Nothing is kept on disk.
Begin: ``member.py``; ``shell.py`` is the same for scripts without an event loop, ``fakes.py`` a Conductor in memory for
the tests of members, under the same contract suite as the real one (``conductor.py``). ``docs/guides/member.md`` is one
page.
"""
