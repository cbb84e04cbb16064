"""The verbs of the queue: ``send.py``, ``deliver.py`` (receive and what ends a lease), ``groups.py``, ``look.py``."""
