"""The verbs of heartbeats, a file each; ``members.py`` only reads."""
