"""sdk: what users build members of the orchestra with. Kernel and messages only, beside httpx, websockets
and cryptography.

Promises: ``async with Member(…)`` registers, beats over one stream, answers requests and carries commands out; it comes
back by itself after a restart of the Conductor, and keeps its last view of the others while the Conductor is away. One
idempotency key has one effect here, however often the request arrives. Messages are done a bounded number at once,
their leases renewed meanwhile; what is sent at the same time goes together. Events are followed over cuts and restarts
without a gap or a double. Nothing is kept on disk.
Begin: ``member.py``; ``shell.py`` is the same for scripts without an event loop, ``fakes.py`` a Conductor in memory for
the tests of members, under the same contract suite as the real one (``conductor.py``). ``docs/guides/member.md`` is one
page. Other files: ``inbox.py`` does the member's messages, ``follow.py`` its events, ``batches.py`` gathers what is
sent, ``seals.py`` encrypts from member to member.
"""
