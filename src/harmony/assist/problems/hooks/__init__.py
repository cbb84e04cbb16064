"""hooks: signed web hooks of CI services, and what failing pipelines say.

``signatures.py`` (who really sent it), ``secrets.py`` (a source's secret, derived and kept nowhere), then one file for
each service, ``github.py`` and ``gitlab.py`` (a payload to outcomes of jobs; ``fields.py`` reads them), then
``recognition.py`` (what a job's history says). ``sources.py`` and ``receiving.py`` hold the verbs; the edges:
``schemas.py``, ``routes.py``. Nothing is ever fetched from outside.
"""
