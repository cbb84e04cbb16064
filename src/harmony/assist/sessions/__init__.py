"""sessions: a seeker and an expert together, from the accepted offer to the solution.

Owns: ``help_sessions``, ``session_messages``, ``session_shares``.
Promises: both parties see a session and nobody else does; what they write is redacted before it is stored; context is
shown only as the seeker named it, for as long as they said, and is wiped when the share ends; only the seeker resolves.
Begin: ``model.py`` (states, moves, what can be shared), ``service.py`` (the verbs).
"""
