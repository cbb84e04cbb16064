"""experts: who offers help, in what, when, and how well it went.

Owns: ``experts``, ``expert_skills``, ``expert_ratings``, ``reputation_entries``.
Promises: one profile a principal; whether somebody is available is read from their own schedule in their own time
zone; a rating counts once a session, points once a contribution; standing is never money and is never converted.
Begin: ``model.py`` (levels, skills and what is related to what, availability, reputation), ``service.py``.
Other files: ``skills.py`` (synonyms and related skills, as data).
"""
