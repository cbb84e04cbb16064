"""matching: a request for help, who fits it and why, and the offer to one of them.

Owns: ``help_requests``, ``help_offers``.
Promises: the skilled come first, fame alone brings nobody in; the same facts give the same order; nobody is matched
with themselves; a request of a private space is matched among its members only; one open offer a request, which ends
by an answer or by its clock; everything about a request lies under the trace of the report that began it.
Begin: ``model.py`` (states and moves), ``ranking.py`` (who fits: a pure file of its own, the heart of the room),
``service.py`` (the verbs), ``timeline.py`` (the story of a request, read from the journal).
"""
