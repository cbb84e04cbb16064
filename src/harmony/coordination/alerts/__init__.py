"""alerts: a word when something is wrong, one when it is over, and how the orchestra is at one look.

Owns: ``alert_rules``, ``alert_instances``, ``alert_groups``, ``alert_silences``; the interface ``/alerts`` and
``/dashboard``.
Promises: a condition is a small language of its own that can only compare numbers; a sample is judged as it comes.
Every change of an alert has its revision in the journal. Each firing is told once and, if it was told, its end is told
once, whatever is restarted in between: message and mark are one transaction, delivery is the notifications'. Alerts of
a group are told in one message. The operator is told once of every component that degrades, goes offline or recovers,
and of every doubt of the Conductor; the dashboard has one word for the whole: healthy only if every component that
requests may be routed to is healthy.
Begin: ``rules.py`` (rules, alerts, states and moves), then ``condition.py`` and ``jobs.py`` (the watch).
Other files, each one concern: ``rules.py``; ``condition.py``, the language; ``evaluation.py``, what it says of samples;
``watch.py``, what this process looks at; ``built_in.py``, the alerts that Harmony brings; ``model.py`` holds the
dashboard's decisions.
"""
