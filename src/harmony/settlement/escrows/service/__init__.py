"""The verbs of the escrows, one file each: ``create``, ``accept``, ``submit``, ``judge``, ``resolve``, ``look``.

``settle`` is what they share: a move with its money, its line of history and its message. ``carry`` answers the
verifiers' port ``Carriers``.
"""
