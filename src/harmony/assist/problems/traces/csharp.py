"""C# and .NET: ``at`` frames with ``in file:line``; an inner exception is printed inside the outer one's stack."""

from __future__ import annotations

import re

from harmony.assist.problems.traces.grammar import Example, Grammar, Header
from harmony.assist.problems.traces.pattern import Pattern

_TYPE = r"(?P<type>(?:\w{1,80}\.){1,12}\w{1,80}(?:Exception|Error|Failure)(?:`\d)?)(?: \(0x[0-9A-Fa-f]{1,8}\))?"

EXAMPLES = (
    Example(
        "Unhandled exception. System.InvalidOperationException: cannot start\n"
        " ---> System.Net.Sockets.SocketException (111): Connection refused\n"
        "   at System.Net.Sockets.Socket.DoConnect(EndPoint endPoint)\n"
        "   at Shop.Store.Open(String name) in /srv/shop/Store.cs:line 40\n"
        "   --- End of inner exception stack trace ---\n"
        "   at Shop.Program.<Main>d__0.MoveNext() in /srv/shop/Program.cs:line 12\n",
        "System.Net.Sockets.SocketException",
        "Connection refused",
        ("Shop.Store.Open",),
        ("System.Net.Sockets.Socket.DoConnect",),
    ),
    Example(
        "System.NullReferenceException: Object reference not set to an instance of an object.\n"
        "   at Shop.Kiln.<FireAsync>d__7.MoveNext() in C:\\shop\\Kiln.cs:line 18\n"
        "--- End of stack trace from previous location ---\n"
        "   at System.Runtime.CompilerServices.TaskAwaiter.ThrowForNonSuccess(Task task)\n"
        "   at Shop.Program.Main(String[] args) in C:\\shop\\Program.cs:line 9\n",
        "System.NullReferenceException",
        "Object reference not set to an instance of an object.",
        ("Shop.Program.Main", "Shop.Kiln.FireAsync"),
        ("System.Runtime.CompilerServices.TaskAwaiter.ThrowForNonSuccess",),
    ),
)

GRAMMAR = Grammar(
    language="csharp",
    headers=(
        Header(
            " ---> ",
            Pattern(r"\s{0,4}---> " + _TYPE + r"(?: \(\d{1,10}\))?: (?P<message>.{0,2000})$"),
            chain="cause",
        ),
        Header(
            "nhandled ", Pattern(r"Unhandled exception[.:] {1,2}" + _TYPE + r": (?P<message>.{0,2000})$", re.IGNORECASE)
        ),
    ),
    frame_signs=(" at ",),
    frames=(
        Pattern(
            r"\s{2,12}at (?P<function>[^\s(][^(]{0,400})\([^()]{0,600}\)"
            r"(?: in (?P<path>.{1,600}?):line (?P<line>\d{1,9}))?$"
        ),
    ),
    asides=(Pattern(r"\s{0,6}--- End of stack trace from previous location"),),
    nested_end=Pattern(r"\s{0,6}--- End of inner exception stack trace ---"),
    library_functions=Pattern(r"(?:System|Microsoft|NUnit|Xunit|Newtonsoft|lambda_method|Moq)\b"),
    function_noise=Pattern(
        r"\.?d__\d{1,4}(?:`\d)?\.MoveNext$|\.<>c(?:__DisplayClass\d{1,4}_\d{1,4})?|b__\d{1,4}(?:_\d{1,4})?|[<>]"
    ),
    after_any_error=True,
    examples=EXAMPLES,
)
