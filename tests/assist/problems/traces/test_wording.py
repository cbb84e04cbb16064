"""What versions of Python say differently about one failure has one fingerprint; what is another failure has not."""

from __future__ import annotations

import pytest

from harmony.assist.problems.fingerprints import take
from harmony.assist.problems.reading import decisive_first, read_log

RENAMED = [
    ("NameError", "free variable 'oven' referenced before assignment in enclosing scope",
     "cannot access free variable 'oven' where it is not associated with a value in enclosing scope. "
     "Did you mean: 'open'?"),
    ("UnboundLocalError", "local variable 'glaze' referenced before assignment",
     "cannot access local variable 'glaze' where it is not associated with a value"),
    ("NameError", "name 'kilm' is not defined", "name 'kilm' is not defined. Did you mean: 'kiln'?"),
    ("NameError", "name 'kilm' is not defined", "name 'kilm' is not defined. Or did you forget to import 'kilm'?"),
    ("AttributeError", "module 'kiln' has no attribute 'fir'",
     "module 'kiln' has no attribute 'fir'. Did you mean: 'fire'?"),
    ("AttributeError",
     "partially initialized module 'kiln' has no attribute 'a' (most likely due to a circular import)",
     "module 'kiln' has no attribute 'a' (consider renaming '/srv/kiln.py' since it has the same name as a library)"),
    ("AttributeError", "can't set attribute", "property 'heat' of 'Kiln' object has no setter"),
    ("AttributeError", "'Kiln' object has no attribute 'x'",
     "'Kiln' object has no attribute 'x' and no __dict__ for setting new attributes"),
    ("ImportError", "cannot import name 'a' from 'kiln' (/usr/lib/python3.8/kiln.py)",
     "cannot import name 'a' from 'kiln' (/opt/py/3.13/kiln.py). Did you mean: 'b'?"),
    ("TypeError", "fire() missing 1 required positional argument: 'oven'",
     "Kiln.<locals>.fire() missing 1 required positional argument: 'oven'"),
    ("TypeError", "Can't instantiate abstract class Kiln with abstract methods fire",
     "Can't instantiate abstract class Kiln without an implementation for abstract method 'fire'"),
    ("TypeError", "'type' object is not subscriptable", "type 'Kiln' is not subscriptable"),
    ("TypeError", "string indices must be integers", "string indices must be integers, not 'str'"),
    ("TypeError", "unhashable type: 'list'", "cannot use 'list' as a dict key (unhashable type: 'list')"),
    ("TypeError", "argument of type 'int' is not iterable", "argument of type 'int' is not a container or iterable"),
    ("TypeError", "int() argument must be a string, a bytes-like object or a number, not 'list'",
     "int() argument must be a string, a bytes-like object or a real number, not 'list'"),
    ("TypeError", "integer argument expected, got float", "'float' object cannot be interpreted as an integer"),
    ("TypeError", "can't mod complex numbers.", "unsupported operand type(s) for %: 'complex' and 'int'"),
    ("TypeError", "isinstance() arg 2 must be a type or tuple of types",
     "isinstance() arg 2 must be a type, a tuple of types, or a union"),
    ("TypeError", "'hot' is an invalid keyword argument for print()",
     "print() got an unexpected keyword argument 'hot'"),
    ("ValueError", "max() arg is an empty sequence", "max() iterable argument is empty"),
    ("ValueError", "too many values to unpack (expected 2)", "too many values to unpack (expected 2, got 3)"),
    ("ValueError", "math domain error", "expected a nonnegative input, got -1.0"),
    ("ZeroDivisionError", "integer division or modulo by zero", "integer modulo by zero"),
    ("ZeroDivisionError", "float modulo", "float modulo by zero"),
    ("ZeroDivisionError", "0.0 cannot be raised to a negative power", "zero to a negative power"),
    ("RecursionError", "maximum recursion depth exceeded in comparison", "maximum recursion depth exceeded"),
]  # fmt: skip
DIFFERENT = [
    ("NameError", "name 'kiln' is not defined", "name 'oven' is not defined"),
    ("TypeError", "'int' object is not iterable", "'int' object is not callable"),
    ("ZeroDivisionError", "float modulo", "integer modulo by zero"),
    ("ValueError", "too many values to unpack (expected 2)", "not enough values to unpack (expected 2, got 1)"),
    ("AttributeError", "can't set attribute", "can't delete attribute"),
    ("TypeError", "fire() takes no arguments", "cool() takes no arguments"),
]
REFUSED = [
    ("    else if hot:", "invalid syntax", "expected ':'"),
    ("    def fire(a=1, b):", "non-default argument follows default argument",
     "parameter without a default follows parameter with a default"),
    ("    glaze = 'I don't'", "EOL while scanning string literal", "unterminated string literal (detected at line 7)"),
    ("    print hot kiln", "Missing parentheses in call to 'print'. Did you mean print(hot kiln)?",
     "Missing parentheses in call to 'print'. Did you mean print(...)?"),
    ("    pass", "expected an indented block", "expected an indented block after 'if' statement on line 9"),
]  # fmt: skip


def value(error: str, message: str, source: str = "step(1)", line: int = 3, marks: str = "") -> str:
    under = f"    {marks}\n" if marks else ""
    log = (
        "Traceback (most recent call last):\n"
        f'  File "/srv/{line}/shop.py", line {line}, in main\n    {source}\n{under}{error}: {message}\n'
    )
    return take(decisive_first(read_log(log))[0]).value


def refused(source: str, message: str, error: str = "SyntaxError", line: int = 5) -> str:
    log = f'  File "/srv/{line}.py", line {line}\n{source}\n        ^^^\n{error}: {message}\n'
    return take(decisive_first(read_log(log))[0]).value


@pytest.mark.parametrize(("error", "before", "now"), RENAMED)
def test_renamed_words_are_one_failure(error: str, before: str, now: str) -> None:
    assert value(error, before) == value(error, now, line=9, marks="~~~~^^^")


@pytest.mark.parametrize(("error", "one", "other"), DIFFERENT)
def test_other_words_are_another_failure(error: str, one: str, other: str) -> None:
    assert value(error, one) != value(error, other)


def test_the_kind_of_a_missing_context_manager_changed_with_its_words() -> None:
    now = "'Kiln' object does not support the context manager protocol"
    assert value("AttributeError", "__enter__") == value("TypeError", now)


@pytest.mark.parametrize(("source", "before", "now"), REFUSED)
def test_a_refused_line_is_one_failure_whatever_the_parser_said(source: str, before: str, now: str) -> None:
    assert refused(source, before) == refused(source, now, line=8)


def test_another_refused_line_is_another_failure() -> None:
    assert refused("    else if hot:", "invalid syntax") != refused("    else if cold:", "invalid syntax")


def test_a_line_that_tells_little_keeps_the_words() -> None:
    block = refused("    pass", "expected an indented block", "IndentationError")
    assert block != refused("    pass", "unexpected indent", "IndentationError")


def test_what_the_compiler_says_about_a_line_counts() -> None:
    assert refused("    global heat", "name 'heat' is parameter and global") != refused(
        "    global heat", "name 'heat' is used prior to global declaration"
    )
