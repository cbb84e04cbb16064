"""policy: which component may do what to which other.

Owns: ``access_rules``; the interface ``/access-control``.
Promises: whoever a rule names may do only what its rules allow. Whom no rule names may do everything where no token is
needed, and nothing where one is. ``explain`` names the rule that decided. Every change and every refusal is in the log.
Begin: ``model.py`` (``decide``).
"""
