"""runners: how test runners print, one file a family, each with its examples.

Begin: ``runner.py`` for what a runner is, ``catalogue.py`` for the list, ``pytest.py`` for one that keeps state,
    ``go.py`` for one that is data. ``docs/guides/new-runner.md`` says how to add one.
"""
