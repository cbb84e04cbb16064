"""traces: the stacks that programs of nine languages print when they stop, read line by line into failures.

Owns: nothing that is kept; everything here is pure.
Promises: frames come outermost first, one's own told apart from a library's; what caused a failure is attached to it;
a line is looked at ``LINE_LIMIT_CHARS`` far and a stack keeps ``FRAMES_LIMIT_ITEMS`` frames, the outermost and the
innermost; no pattern can run away (a test proves it of each from its structure).
Begin: ``grammar.py`` (what a language declares), then ``java.py`` as the plainest declaration. One file a language,
each with its examples, which are its test: ``python.py`` (its own reader, since Python prints frames before the error),
``javascript.py``, ``java.py`` (Kotlin and Scala too), ``go.py``, ``rust.py``, ``c.py`` (compilers, gdb, sanitizers),
``csharp.py``, ``ruby.py``, ``php.py``. ``stacks.py`` is the one reader that follows the other grammars,
``languages.py`` their list, ``wording.py`` what versions of one language say differently about the same failure,
``source_maps.py`` the way from a minified frame back to its source.
A new language is one new file with its examples and one line in ``languages.py``.
"""
