"""notifications: who should know what, and whether it has reached them.

Owns: ``notifications``, ``notification_deliveries``.
Promises: a notification is written in the transaction of what it tells; the same news about the same subject reaches
the same recipient once; a delivery is retried with back-off a bounded number of times by a reconciling job.
Begin: ``service.py`` (``notify``), then ``jobs.py`` (the job that delivers) and ``ports.py`` (what a channel is).
"""
