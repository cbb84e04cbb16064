"""The verbs of environments, each by itself so that a filter loads only what it asks; all of them pure."""
