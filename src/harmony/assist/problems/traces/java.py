"""Java, Kotlin and Scala: ``at`` frames after the error, causes below it, suppressed ones beside it."""

from __future__ import annotations

from harmony.assist.problems.traces.grammar import Example, Grammar, Header
from harmony.assist.problems.traces.pattern import Pattern

_TYPE = r"(?P<type>(?:[\w$]{1,80}\.){1,12}[\w$]{1,100})(?:: (?P<message>.{0,2000}))?$"

EXAMPLES = (
    Example(
        'Exception in thread "main" java.lang.IllegalStateException: cannot start\n'
        "\tat shop.Main.main(Main.java:12)\n"
        "Caused by: java.net.ConnectException: Connection refused\n"
        "\tat java.base/sun.nio.ch.Net.connect(Net.java:589)\n"
        "\tat shop.Store.open(Store.java:40)\n"
        "\t... 1 more\n",
        "java.net.ConnectException",
        "Connection refused",
        ("shop.Main.main", "shop.Store.open"),
        ("sun.nio.ch.Net.connect",),
    ),
    Example(
        "java.io.IOException: kiln is cold\n"
        "\tat shop.Kiln.heat(Kiln.kt:7)\n"
        "\tSuppressed: java.lang.RuntimeException: door stuck\n"
        "\t\tat shop.Door.close(Door.kt:3)\n"
        "\t\t... 1 more\n",
        "java.io.IOException",
        "kiln is cold",
        ("shop.Kiln.heat",),
    ),
    Example(
        'Exception in thread "pool-3-thread-1" kotlin.UninitializedPropertyAccessException: lateinit property oven\n'
        "\tat shop.Kiln.fire$lambda$4(Kiln.kt:21)\n"
        "\tat kotlinx.coroutines.DispatchedTask.run(DispatchedTask.kt:106)\n"
        "\tat shop.Main.lambda$start$0(Main.kt:4)\n"
        "\tat app//shop.Main.run(Main.kt) ~[shop-1.4.jar:1.4]\n",
        "kotlin.UninitializedPropertyAccessException",
        "lateinit property oven",
        ("shop.Main.run", "shop.Main.start", "shop.Kiln.fire"),
        ("kotlinx.coroutines.DispatchedTask.run",),
    ),
)

GRAMMAR = Grammar(
    language="java",
    headers=(
        Header("Exception in thread", Pattern(r'Exception in thread "[^"]{0,200}" ' + _TYPE)),
        Header("Caused by: ", Pattern(r"\s{0,40}(?:\[CIRCULAR REFERENCE: )?Caused by: " + _TYPE), chain="cause"),
        Header("Suppressed: ", Pattern(r"\s{0,40}Suppressed: " + _TYPE), aside=True),
    ),
    frame_signs=("at ",),
    frames=(
        Pattern(
            r"\s{1,40}at (?P<function>[\w.$<>/@-]{1,600})"
            r"\((?P<path>[^():]{1,300})(?::(?P<line>\d{1,9}))?\)(?: ~?\[[^\]]{0,200}\])?$"
        ),
    ),
    library_functions=Pattern(
        r"(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|akka|groovy|io\.netty|reactor|"
        r"org\.(?:junit|testng|springframework|apache|gradle|hibernate|mockito|eclipse|codehaus|slf4j))\."
    ),
    function_noise=Pattern(
        r"^[\w.@/-]{0,200}/|\$\$(?:EnhancerBy|FastClassBy)\w{0,80}|\$\$Lambda(?:[$/]\w{1,40}){0,3}|"
        r"\$lambda(?=\$)|lambda\$|\$\d{1,6}|access\$\d{1,6}"
    ),
    asides=(Pattern(r"\s{1,40}- (?:locked|waiting|parking) "),),
    more=Pattern(r"\s{1,40}\.\.\. (?P<count>\d{1,6}) (?:more|common frames omitted)"),
    after_any_error=True,
    examples=EXAMPLES,
)
