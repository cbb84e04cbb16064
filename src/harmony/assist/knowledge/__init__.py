"""knowledge: what was learned, written down, approved and found again.

Owns: ``knowledge_spaces``, ``knowledge_members``, ``knowledge_articles``.
Promises: a private space is seen by its members only; an article that came from a session is published when both
parties have consented and a reviewer (a coordinator, in a private space its owner) has approved; what is approved is
found by fingerprint first, then by its words; texts are redacted before they are stored.
Begin: ``model.py`` (states, who may approve, the document with its front matter), ``service.py`` (the verbs).
"""
