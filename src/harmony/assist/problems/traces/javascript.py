"""JavaScript and TypeScript: V8's ``at`` frames (node, Chrome), the ``@`` frames of Firefox and Safari.

An asynchronous frame counts like any other; a frame of a bundle keeps its place, and its name only where a minifier
left one (``source_maps.py`` leads further). ``node:`` internals, ``node_modules`` and the bundler's own glue are a
library's.
"""

from __future__ import annotations

from harmony.assist.problems.traces.grammar import Example, Grammar, Header
from harmony.assist.problems.traces.pattern import Pattern

_PLACE = r"(?P<path>[^()\s][^()]{0,600}?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?"
_TYPE = r"(?P<type>[A-Z][\w$]{0,80}(?:Error|Exception)|Error)(?: \[\w{1,60}\])?: (?P<message>.{0,2000})$"

EXAMPLES = (
    Example(
        "/srv/shop/orders.js:8\n  throw new OrderError('lost')\n  ^\n\n"
        "OrderError: lost order 17\n"
        "    at Object.<anonymous> (/srv/shop/orders.js:8:12)\n"
        "    at async Promise.all (index 0)\n"
        "    at async readOrders [as read] (file:///srv/shop/main.js:3:1)\n"
        "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n",
        "OrderError",
        "lost order 17",
        ("readOrders", "<anonymous>"),
        ("process.processTicksAndRejections", "Promise.all"),
    ),
    Example(
        "Error: cannot bake\n"
        "    at bake (/srv/shop/src/oven.ts:14:9)\n"
        "    at new Kiln (/srv/shop/node_modules/kiln/index.js:2:3) {\n"
        "  [cause]: TypeError: Cannot read properties of undefined (reading 'heat')\n"
        "      at heat (webpack:///./src/heat.ts?a1b2:3:11)\n"
        "      at eval (eval at load (/srv/shop/load.js:1:2), <anonymous>:1:1)\n"
        "}\n",
        "TypeError",
        "Cannot read properties of undefined (reading 'heat')",
        ("eval", "heat"),
    ),
    Example(
        "Uncaught TypeError: e is not a function\n"
        "t@https://shop.example/static/main.3f2a1b9c.js:1:48213\n"
        "global code@https://shop.example/static/app.js:22:1\n"
        "onClick@https://shop.example/static/app.js:40:7\n",
        "TypeError",
        "e is not a function",
        ("onClick", "global code", "t"),
    ),
)

GRAMMAR = Grammar(
    language="javascript",
    headers=(
        Header("[cause]: ", Pattern(r"\s{0,40}\[cause\]: " + _TYPE), chain="cause"),
        Header("Caused by: ", Pattern(r"\s{0,40}Caused by: " + _TYPE), chain="cause"),
        Header("Uncaught ", Pattern(r"\s{0,20}Uncaught (?:\(in promise\) )?" + _TYPE)),
    ),
    frame_signs=("at ", "@"),
    frames=(
        Pattern(
            r"\s{1,40}at (?:async )?(?P<function>[^\s(][^(]{0,200}?) \(eval at [^()]{0,300}\([^()]{0,600}\), "
            r"(?P<path><anonymous>):(?P<line>\d{1,9}):\d{1,9}\)"
        ),
        Pattern(r"\s{1,40}at (?:async )?(?:(?P<function>[^\s(][^(]{0,200}?) \()?" + _PLACE + r"\)?(?: \{)?$"),
        Pattern(r"\s{1,40}at (?:async )?(?P<function>[\w.]{1,100}) \((?P<path>index \d{1,9}|native|<anonymous>)\)$"),
        Pattern(
            r"(?P<function>[\w$.</>* ]{0,200})@(?P<path>(?:https?|file|webpack[\w-]{0,20}|moz-extension|app)://[^\s]{1,600}?)"
            r":(?P<line>\d{1,9}):(?P<column>\d{1,9})$"
        ),
    ),
    library_paths=Pattern(
        r"node_modules|^node:|^internal/|^native$|^index \d|[\\/]webpack[\\/](?:bootstrap|runtime)|"
        r"^webpack-internal:///\(|[\\/]\.yarn[\\/]|^(?:module|timers|events|net|fs|vm|async_hooks|_stream_\w{1,40})\.js$"
    ),
    function_noise=Pattern(
        r"^(?:async|new|get|set) | \[as [^\]]{0,100}\]|^(?:Object|Module|Function|exports)\.|/<$|^\*"
    ),
    asides=(Pattern(r"\s{1,60}-> "), Pattern(r"\s{0,40}\[?(?:errors\]: \[|\}|\]|code: |errno: |syscall: )")),
    after_any_error=True,
    examples=EXAMPLES,
)
