"""journal: one log with one revision, under everything that others may follow.

Owns: ``journal_entries``, ``journal_head``, ``journal_consumers``.
Promises: an entry is appended in the transaction of the change it tells, as its last statement, so neither exists
without the other. One stamper numbers committed entries without gaps; a reader that goes on from a revision never
misses an entry that commits later. Reading from a pruned position is refused, never answered with a hole.
What is older than 90 days, or before the newest five million entries, is pruned once every consumer has read it.
Begin: ``service.py`` (append, read, follow, consume), then ``jobs.py`` (the stamper). Another file: ``tail.py``, the
newest entries, which all followers of a process share.
"""
