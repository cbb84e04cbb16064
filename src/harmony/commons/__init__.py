"""commons: what every plane may use. notifications ► policy ► identity ► journal.

Begin: ``journal``, the one log under everything.
"""
