"""PHP: an uncaught error with its place, then ``#0`` frames; after ``Next`` stands what the error before led to."""

from __future__ import annotations

from harmony.assist.problems.traces.grammar import Example, Grammar, Header
from harmony.assist.problems.traces.pattern import Pattern

_PLACE = r" in (?P<path>[^\s:][^:]{0,400}(?::[\\/][^:]{0,400})?):(?P<line>\d{1,9})$"
_TYPE = r"(?P<type>[A-Z][\w\\]{0,200})"

EXAMPLES = (
    Example(
        "PHP Fatal error:  Uncaught Shop\\ColdError: kiln is cold in /srv/shop/Kiln.php:18\n"
        "Stack trace:\n"
        "#0 /srv/shop/vendor/acme/oven/Oven.php(7): Shop\\Kiln->fire(40, Array)\n"
        "#1 /srv/shop/index.php(3): Acme\\Oven::heat()\n"
        "#2 {main}\n"
        "  thrown in /srv/shop/Kiln.php on line 18\n",
        "Shop\\ColdError",
        "kiln is cold",
        ("{main}", "Shop\\Kiln->fire"),
        ("Acme\\Oven::heat",),
    ),
    Example(
        "PHP Fatal error:  Uncaught PDOException: connection refused in /srv/shop/Store.php:40\n"
        "Stack trace:\n"
        "#0 /srv/shop/index.php(3): Shop\\Store->open()\n"
        "#1 {main}\n"
        "\n"
        "Next Shop\\StartError: cannot start in /srv/shop/index.php:5\n"
        "Stack trace:\n"
        "#0 {main}\n"
        "  thrown in /srv/shop/index.php on line 5\n",
        "Shop\\StartError",
        "cannot start",
        ("{main}",),
        causes=("PDOException",),
    ),
)

GRAMMAR = Grammar(
    language="php",
    headers=(
        Header(
            "Uncaught ",
            Pattern(r"(?:PHP )?Fatal error: {1,2}Uncaught " + _TYPE + r": (?P<message>.{0,1400}?)" + _PLACE),
        ),
        Header("Next ", Pattern(r"Next " + _TYPE + r": (?P<message>.{0,1400}?)" + _PLACE), chain="consequence"),
    ),
    frame_signs=("#",),
    frames=(
        Pattern(
            r"#\d{1,6} (?P<path>[^\s(][^(]{0,500})\((?P<line>\d{1,9})\): (?P<function>[\w\\:>{}-]{1,300})\(.{0,1500}$"
        ),
        Pattern(r"#\d{1,6} \[(?P<path>internal function)\]: (?P<function>[\w\\:>{}-]{1,300})\("),
        Pattern(r"#\d{1,6} (?P<function>\{main\})$"),
    ),
    asides=(Pattern(r"Stack trace:$|\s{1,8}thrown in |$"),),
    call_sites=True,
    library_paths=Pattern(r"[\\/]vendor[\\/]|^internal function$|^phar://"),
    examples=EXAMPLES,
)
