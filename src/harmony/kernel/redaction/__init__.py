"""redaction: secrets and personal data are hidden before anything leaves its owner's process.

Owns: the rules (data), the engine that finds what they name, the session that numbers and restores it, the echoes of
    what it knows, and what a terminal would obey.
Promises: work linear in the text, bounded memory, standard library only, nothing compiled before it is needed;
    a report names rules and spans and never a value; restoring replaces only what the session itself issued.
Begin: ``service.py`` for ``redact``, ``redact_value`` and ``redact_stream``; ``session.py`` for placeholders,
    restoring and canaries; ``carrier_rules.py``, ``provider_rules.py`` and ``personal_rules.py`` for what is hidden.
    ``echoes.py`` has known values in any encoding, ``escapes.py`` terminal sequences, to be taken out first,
    ``safety.py`` what a user's pattern may be.
"""
