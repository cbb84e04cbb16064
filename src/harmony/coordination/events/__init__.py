"""events: what happened in the orchestra, to read and to follow.

Owns nothing: it is a window on the journal, at the reader's own pace.
Promises: what docs/guides/watches.md says, ordered, unique, reliable, atomic, resumable, bookmarked: a stream that goes
on from a position misses nothing; each frame carries the revision of the matching one before it (``prev``), so a
reader can prove it. A position that is pruned or of another log is answered with a ``reset`` that tells how things
stand, never with a hole. Broadcasts are events like all others, and cannot pass for the orchestra's own. Callers
without ``journal.read`` see only coordination's own events. Streams end within moments of a shutdown and after an hour;
there is a bound on how many are open.
Begin: ``model.py`` (patterns, positions), then ``service.stream``.
"""
