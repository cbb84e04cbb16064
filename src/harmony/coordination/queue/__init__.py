"""queue: messages that wait until somebody has done what they ask.

Owns: ``queue_groups``, ``queue_messages``, ``queue_keys``.
Promises: a message that was answered is durable; it is delivered at least once to each group of its queue until it is
acknowledged, dead, or expired, and every end has its reason. One lease at a time: who holds the newest lease may
acknowledge, reject, extend or terminate. A registered consumer's messages return when it dies, a stranger's when its
lease ends. Messages of one ordering key are delivered one after the other. One idempotency key of one sender is one
message. Each change is journalled, so a message's biography is its entries in the journal.
Begin: ``model.py`` (limits and what becomes of a message), then ``service/send.py`` and ``service/deliver.py``. Other
files: ``writer.py``, the one writer that commits many senders' messages together; ``raw.py``, the sending route
without the machinery of the others, because it is the busiest.
"""
