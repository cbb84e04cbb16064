"""The graph's SQL: ``kept.py`` keeps, ``looking.py`` only reads: words, walks, the whole picture."""
