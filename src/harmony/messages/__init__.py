"""messages: the language between planes. Versioned event payloads, plain facts in the past tense.

Owns: one file a plane of frozen dataclasses; each names its ``KIND`` (``plane.noun.verb``) and ``VERSION``.
Promises: a published version never changes its meaning; a new meaning is a new version.
Begin: ``message.py``.
"""
