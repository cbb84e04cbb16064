"""problems: a failure is reported, read, classified and remembered; what is known already answers first.

Owns: ``problem_contexts``, ``problem_fingerprints``, ``problem_fingerprint_keys``, ``problem_groupings``,
``problem_corrections``;
``detection_settings``, ``detection_budgets``, ``detection_runs``, ``detection_events``, ``detection_alarms``;
``ci_sources``, ``ci_deliveries``, ``ci_outcomes``.
Promises: everything is redacted before it is stored; the rules describe kinds of failure and a failure that none of
them describes is classed unknown; a known difference between systems is named beside what people have written; the
same failure has the same fingerprint whatever its folder, line numbers and ids; every class comes with the lines that
it was read from. What somebody's privacy level forbids is neither looked at nor kept; in no 24 hours is anybody told of
more unconfirmed alarms than he allows; a forged web hook changes nothing.
Begin: ``model.py`` (the nouns), then the decision in its four steps, each a pure file of its own because together
they would be too long for one sitting: ``reading.py`` (failures and frames out of a log), ``fingerprints.py``
(what makes two failures the same), ``taxonomy.py`` (the kinds of failure, read from `taxonomy.json`, `rules.json`,
`scales.json` and `measured.json` in ``kinds/``), ``classification.py`` (evidence weighed; `scales.py` counts how hard
and how pressing it looks, `measuring.py` how good the classes are on labelled cases). ``facts.py`` adds what a log
tells of the machine that wrote it; ``plain.py`` takes out of it what a terminal would obey, before anything is
redacted or read. ``service.py`` holds the verbs, ``preview.py`` what a report would come to before it is sent,
``tool_schemas.py`` the shapes of those that only tools have. Beside them two doors of their own: ``digest/`` what a
whole CI log says, ``stuck/`` who goes round in circles, from a stream of events. ``traces/`` reads the stacks of nine
languages. What is like a failure: ``similarity.py`` (grades and explains two), ``index.py`` (finds the like ones in
bounded memory; the same keys lead in PostgreSQL), and ``grouping.py``, the verbs by which a person merges and splits, a
file of its own because they are another subject than reporting. What an organisation teaches: `alone.py` (reads and
classes a report without a server, for filters), `words.py` (what single words speak for), `lessons.py` (what a resolved
problem teaches), `learning.py` (fits both to lessons and says whether that is better), `learned.py` (the file it is
kept in), `drift.py` (what has changed since). `correction.py` and `correction_routes.py` are the verbs and the HTTP by
which a person corrects a class: apart from reporting, because they never change what was reported.
Who is watched over: ``watched.py`` and ``pipelines.py`` hold the nouns of it, apart from ``model.py`` for its length.
``watching/`` judges the events of editors and agents as they come, and tells alarms under the user's mode and budget;
``hooks/`` takes the signed web hooks of CI services. ``store/`` is the room's SQL, a file for each subject.
"""
