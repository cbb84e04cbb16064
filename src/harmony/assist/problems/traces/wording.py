"""What versions of Python say differently about one and the same failure, brought to one wording.

Each rule is a change in CPython between 3.8 and 3.14 (Objects/, Python/, Lib/; "What's New" and the issues named
there): a phrase that was renamed, a name that became qualified, a suggestion that was added. The newest wording is the
one that is kept, shortened to what every version says.
"""

from __future__ import annotations

import keyword
from dataclasses import dataclass

from harmony.assist.problems.traces.pattern import Pattern

SYNTAX_ERRORS = frozenset({"SyntaxError", "IndentationError", "TabError"})


@dataclass(frozen=True, slots=True)
class Change:
    """A message of one of ``kinds`` (all, when empty) that ``pattern`` finds becomes ``said``, of kind ``kind``.

    ``sign`` is a word that stands in every such message: what lacks it is not looked at further.
    """

    sign: str
    pattern: Pattern
    said: str
    kinds: frozenset[str] = frozenset()
    kind: str = ""


def _change(kinds: str, sign: str, pattern: str, said: str, kind: str = "") -> Change:
    return Change(sign, Pattern(pattern), said, frozenset(kinds.split()), kind)


# A suggestion ends the message; what it offers depends on the version and on names that happen to be near.
SUGGESTIONS = (
    _change("", "id you mean", r"[.;,]? ?(?:\(?[Dd]id you mean\b).{0,2000}$", ""),
    _change("", "id you forget", r"[.;,]? ?(?:Or )?[Dd]id you forget (?:to import|a comma)\b.{0,2000}$", ""),
    _change("", "erhaps you", r"[.;,]? ?[Pp]erhaps you\b.{0,2000}$", ""),
    _change("", "aybe you", r"[.;,]? ?[Mm]aybe you (?:meant|missed|forgot)\b.{0,2000}$", ""),
    _change("", "(consider renaming", r" \(consider renaming .{0,2000}$", ""),
    _change("", "circular import", r" \(most likely due to a circular import\)", ""),
)
CHANGES = (
    *SUGGESTIONS,
    # Names that became qualified (3.10), and the plural of what is counted (3.9).
    _change("TypeError", "()", r"(?:[\w<>]{1,100}\.){1,12}(\w{1,100}\(\))", r"\1"),
    _change("", "()", r"\b(\w{1,100}) expected at (most|least) (\d{1,6}) arguments?, got (\d{1,6})",
            r"\1() takes at \2 \3 argument (\4 given)"),
    _change("", "s", r"\b(argument|method|value|element|character|item|byte|digit)s\b", r"\1"),
    # Modules and imports.
    _change("", "partially initialized", r"partially initialized module", "module"),
    _change("ImportError", "cannot import name", r"(cannot import name '[^']{1,200}' from '[^']{1,200}').{0,2000}$",
            r"\1"),
    # Names without a value (3.11).
    _change("NameError", "free variable", r"(?:cannot access )?free variable ('[^']{1,200}').{0,200}$",
            r"free variable \1"),
    _change("UnboundLocalError", "local variable", r"(?:cannot access )?local variable ('[^']{1,200}').{0,200}$",
            r"local variable \1"),
    # Attributes (3.10, 3.11, 3.13).
    _change("AttributeError", "and no __dict__", r" and no __dict__ for setting new attributes$", ""),
    _change("AttributeError", "set attribute", r"^can't set attribute.{0,200}$", "property has no setter"),
    _change("AttributeError", "delete attribute", r"^can't delete attribute.{0,200}$", "property has no deleter"),
    _change("AttributeError", "unreadable attribute", r"^unreadable attribute.{0,200}$", "property has no getter"),
    _change("AttributeError", "property", r"^property.{0,300} (has no (?:setter|deleter|getter))$", r"property \1"),
    # The protocol of a context manager (3.11).
    _change("AttributeError", "__", r"^__a?(?:enter|exit)__$", "no context manager", "TypeError"),
    _change("TypeError", "context manager protocol", r"^.{0,120}context manager protocol.{0,120}$",
            "no context manager"),
    # Classes without their methods (3.9, 3.12).
    _change("TypeError", "instantiate abstract class",
            r"^Can't instantiate abstract class (\w{1,200}) "
            r"with(?:out an implementation for)? abstract method (.{1,500})$",
            r"Can't instantiate abstract class \1 abstract method \2"),
    # Subscripts, keys, containers (3.9, 3.11, 3.14).
    _change("TypeError", "is not subscriptable", r"^(?:'type' object|type '[^']{1,200}') is not subscriptable$",
            "type object is not subscriptable"),
    _change("TypeError", "string indices", r"^string indices must be integers.{0,200}$",
            "string indices must be integers"),
    _change("TypeError", "unhashable type", r"^.{0,300}(unhashable type: '[^']{1,200}').{0,10}$", r"\1"),
    _change("TypeError", "is not a container", r" is not a container or iterable$", " is not iterable"),
    _change("TypeError", "item deletion", r"doesn't support item deletion", "does not support item deletion"),
    _change("ValueError", "to unpack", r"^(too many|not enough) value to unpack.{0,200}$", r"\1 value to unpack"),
    _change("ValueError", "is not in list", r"^.{1,500} is not in list$", "list.index(x): x not in list"),
    _change("ValueError", "empty", r"^(max|min)\(\) (?:arg is an empty sequence|iterable argument is empty)$",
            r"\1() iterable argument is empty"),
    _change("ValueError", "empty range", r"^empty range .{0,200}$", "empty range"),
    # Numbers (3.9 to 3.14).
    _change("TypeError", "complex number", r"^can't (?:mod|take floor).{0,100}complex number.{0,20}$",
            "unsupported operand for complex"),
    _change("TypeError", "'complex'",
            r"^unsupported operand type\(s\) for (?:%|//|divmod\(\)|%=|//=): "
            r"(?:'complex' and .{1,200}|.{1,200}? and 'complex')$",
            "unsupported operand for complex"),
    _change("TypeError", "or a", r"\b(?:a (?:real )?number)(?=, not |$)", "a number"),
    _change("TypeError", "integer", r"^integer argument expected, got (\w{1,100})$",
            r"'\1' object cannot be interpreted as an integer"),
    _change("TypeError", "integer is required", r"^an integer is required \(got type (\w{1,100})\)$",
            r"'\1' object cannot be interpreted as an integer"),
    _change("TypeError", "ow()", r" for \*\* or pow\(\)", " for pow"),
    _change("ZeroDivisionError", "negative power", r"^.{0,100}negative power.{0,100}$", "zero to a negative power"),
    _change("ZeroDivisionError", "float modulo", r"^float modulo(?: by zero)?$", "float modulo by zero"),
    _change("ZeroDivisionError", "float", r"^float (?:divmod\(\)|floor division by zero)$",
            "float floor division by zero"),
    _change("ZeroDivisionError", "integer", r"^integer (?:division or )?modulo by zero$", "integer modulo by zero"),
    _change("ValueError", "expected a", r"^expected a (?:nonnegative|positive|noninteger|finite|number).{0,200}$",
            "math domain error"),
    _change("ValueError", "integer string conversion", r"^Exceeds the limit .{0,300}$",
            "Exceeds the limit of integer string conversion"),
    _change("RecursionError", "recursion", r"^maximum recursion depth exceeded.{0,200}$",
            "maximum recursion depth exceeded"),
    _change("RecursionError", "overflow", r"^Stack overflow.{0,200}$", "maximum recursion depth exceeded"),
    # Calls and types (3.10, 3.13, 3.14).
    _change("TypeError", "invalid keyword argument",
            r"^('[^']{1,200}') is an invalid keyword argument for (\w{1,200}\(\))$",
            r"\2 got an unexpected keyword argument \1"),
    _change("TypeError", "must be a type", r"must be a type(?: or tuple of types|, a tuple of types, or a union)$",
            "must be a type"),
    _change("TypeError", "must be a class",
            r"must be a class(?: or tuple of classes|, a tuple of classes, or a union)$",
            "must be a class"),
    _change("TypeError", "await",
            r"^(?:object (\w{1,200}) can't be used in 'await' expression|'(\w{1,200})' object can't be awaited)$",
            r"object \1\2 cannot be awaited"),
    _change("TypeError", "follows default", r"^non-default argument ('[^']{1,200}') follows default argument.{0,200}$",
            r"non-default argument \1 follows default argument"),
    _change("TypeError", "method resolution", r"^Cannot create a consistent method resolution.{0,1000}$",
            "Cannot create a consistent method resolution order"),
    _change("PicklingError AttributeError", "local object", r"^Can't (?:pickle|get) local object",
            "Can't pickle local object",
            "PicklingError"),
)  # fmt: skip

# A syntax error is named by one of three stages. What the symbol table and the compiler say has stood still; what the
# parser and the tokenizer say was rewritten in 3.9, 3.10, 3.11 and 3.12, and the refused line says it better.
SETTLED = Pattern(
    r"is (?:parameter|nonlocal) and |before global declaration|prior to (?:global|nonlocal) declaration|"
    r"annotated name|no binding for nonlocal|nonlocal declaration not allowed|duplicate argument|"
    r"only allowed at module level|rebind|outside (?:async )?function|outside loop|not properly in loop|"
    r"future feature|__future__ imports|not a chance|default 'except:' must be last|expected an indented block|"
    r"unexpected indent|unindent does not match|inconsistent use of tabs|unmatched '|"
    r"closing parenthesis '.' does not match|not allowed in (?:a )?(?:class|generator|comprehension)"
)
_PLACE_IN_SOURCE = Pattern(
    r" after .{1,100}$| \((?:detected at|<?[\w./\\-]{1,300}>?,) line \d{1,9}\)| on line \d{1,9}|, line \d{1,9}"
)
_WORDS = Pattern(r"[^\W\d]\w{0,200}")
TELLING_WORDS = 2
TELLING_WORD_CHARS = 3
"""A name this long, no keyword, makes a line tell by itself what is wrong with it."""
TELLING_CHARS = 10
"""A line this long tells by itself even where it holds no name."""
BLOCK_MISSING = "expected an indented block"
PARSER = "the parser refuses"


def settled(kind: str, message: str) -> tuple[str, str]:
    """Kind and message as every version would say them. Syntax errors: ``of_syntax``."""
    for change in CHANGES:
        if change.sign in message and (not change.kinds or kind in change.kinds):
            message, changed = change.pattern.subn(change.said, message)
            if changed and change.kind:
                kind = change.kind
    return kind, message


def of_syntax(message: str, source: str) -> str:
    """What a syntax error says beside its line, as far as versions agree.

    A line that tells little by itself (``pass``) keeps the words even where they may differ.
    """
    for change in SUGGESTIONS:
        if change.sign in message:
            message = change.pattern.sub(change.said, message)
    message = _PLACE_IN_SOURCE.sub("", message)
    if message == "unexpected EOF while parsing" and source.endswith(":"):
        return BLOCK_MISSING
    if SETTLED.search(message):
        return message
    return PARSER if _telling(source) else f"{PARSER}: {message.removesuffix(' here').lower()}"


def _telling(source: str) -> bool:
    words = _WORDS.compiled.findall(source)
    named = any(len(word) >= TELLING_WORD_CHARS and not keyword.iskeyword(word) for word in words)
    return named or len(words) >= TELLING_WORDS or len(source.replace(" ", "")) >= TELLING_CHARS
