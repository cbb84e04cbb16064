"""house: the rules of this house that no ready-made checker knows, each with its reason and its mend.

Owns: the rules; ``tools/tidy.py`` is the program around them, ``tests/test_house.py`` the test.
Promises: works on syntax trees and text alone, imports nothing of Harmony, changes nothing but the budgets it is asked
to lower. One line may be excused with ``tidy: ok(rule): reason`` in a comment; such escapes are counted.
Begin: ``source.py`` for what a rule sees, then any other file.
"""
