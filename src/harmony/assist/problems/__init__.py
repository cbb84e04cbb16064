"""problems: a failure is reported, read, classified and remembered; what is known already answers first.

Owns: ``problem_contexts``.
Promises: everything is redacted before it is stored; the rules describe kinds of failure and a failure that none of
them describes is classed unknown; the same failure has the same fingerprint whatever its folder, line numbers and
ids; every class comes with the lines that it was read from.
Begin: ``model.py`` (the nouns), then the decision in its four steps, each a pure file of its own because together
they would be too long for one sitting: ``reading.py`` (failures and frames out of a log), ``fingerprints.py``
(what makes two failures the same), ``taxonomy.py`` (the kinds of failure, as data), ``classification.py`` (evidence
weighed). ``service.py`` holds the verbs; ``preview.py`` says what a report would come to before it is sent. Beside
them two doors of their own: ``digest/`` what a whole CI log says, ``stuck/`` who goes round in circles, from a stream
of events.
"""
