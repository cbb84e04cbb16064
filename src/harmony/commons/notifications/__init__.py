"""notifications: who should know what, and whether it has reached them.

Owns: ``notifications``, ``notification_deliveries``, ``notification_channels``.
Promises: a notification is written in the transaction of what it tells; the same news about the same subject reaches
the same recipient once; a delivery is retried with back-off a bounded number of times by a reconciling job, and when
the other side says when to ask again (Retry-After), then. Secrets of channels are never shown nor logged.
Begin: ``service.py`` (``notify``), then ``jobs.py`` (the job that delivers) and ``ports.py`` (what a channel is).
Another file: ``outlets.py``, what is sent to mail, Slack and web hooks.
"""
