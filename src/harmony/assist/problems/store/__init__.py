"""The room's SQL, by subject: ``reports.py``, ``watched.py`` (settings, runs, alarms), ``pipelines.py`` (web hooks)."""
