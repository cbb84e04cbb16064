"""verifiers: delivered work is kept by its content and checked by really running it.

Owns: ``deliverables``, ``deliverable_uploads``, ``harmony_verifications``, ``verifier_templates``.
Promises: a deliverable is found by the hash of its bytes and shown to whoever uploaded it, to the parties of an escrow
that carries it and to those who oversee; to others it does not exist. A delivery elsewhere is never fetched. A
verification runs outside any transaction under a lease, so a killed run is repeated, at most ``ATTEMPTS_LIMIT`` times.
A score is given only for what was run: no cases, no isolation or no upload here end without one, with the reason; a
delivery that cannot be unpacked was delivered badly and scores 0.
Begin: ``model.py`` (cases, scores), ``service/`` (``upload``, ``request``, ``unpack``, ``check``, ``run``), then
``jobs.py``.
"""
