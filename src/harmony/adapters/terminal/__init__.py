"""terminal: running somebody's command unchanged while listening to what it prints. Standard library only.

Promises: the command sees a terminal where the caller has one (colours, prompts, window size, signals, Ctrl-Z) and a
pipe where the caller has none; what it prints reaches the caller as it is; only the last part is kept.
Begin: ``relay.py``, the running; ``plain.py`` makes words of others fit for a terminal. Files of their own because
the room has no nouns.
"""
