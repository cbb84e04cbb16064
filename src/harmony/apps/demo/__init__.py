"""demo: the whole story told once through a running Harmony, over the same interfaces that anybody uses.

``story.py`` lists the six steps, ``acts_*.py`` hold their acts, ``state.py`` remembers each act as soon as it is done,
``stage.py`` speaks to Harmony for each person of the story, ``telling.py`` tells it to a person or a program.
Promises: an act is remembered only once Harmony has acknowledged it, and repeated with the same idempotency key until
then; so a story that was interrupted anywhere goes on with ``--resume`` and pays once.
Begin: ``story.py``.
"""
