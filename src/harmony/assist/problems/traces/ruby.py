"""Ruby: the innermost place, message and type on one line, then ``from`` lines (or numbered ones, outermost first)."""

from __future__ import annotations

from harmony.assist.problems.traces.grammar import Example, Grammar, Header
from harmony.assist.problems.traces.pattern import Pattern

_PLACE = r"(?P<path>[^\s:][^:]{0,500}):(?P<line>\d{1,9}):in [`'](?P<function>[^`']{1,200})'"

EXAMPLES = (
    Example(
        "NoMethodError (undefined method `warm' for nil:NilClass):\n"
        "\n"
        "app/models/kiln.rb:12:in `fire'\n"
        "app/controllers/kilns_controller.rb:7:in `create'\n",
        "NoMethodError",
        "undefined method `warm' for nil:NilClass",
        ("create", "fire"),
    ),
    Example(
        "/srv/shop/kiln.rb:18:in `fire': kiln is cold (Shop::ColdError)\n"
        "\tfrom /usr/lib/ruby/gems/3.2.0/gems/rack-3.0/lib/rack.rb:7:in `call'\n"
        "\tfrom /srv/shop/main.rb:4:in `block in <main>'\n"
        "\tfrom /srv/shop/main.rb:3:in `<main>'\n",
        "Shop::ColdError",
        "kiln is cold",
        ("<main>", "<main>", "fire"),
        ("call",),
    ),
    Example(
        "kiln.rb:2:in 'Shop::Kiln#heat': undefined method 'warm' for nil (NoMethodError)\n"
        "\tfrom kiln.rb:9:in '<main>'\n",
        "NoMethodError",
        "undefined method 'warm' for nil",
        ("<main>", "Shop::Kiln#heat"),
    ),
)

GRAMMAR = Grammar(
    language="ruby",
    headers=(
        Header(":in ", Pattern(_PLACE + r": (?P<message>.{0,1500}?) \((?P<type>[A-Z][\w:]{0,150})\)$")),
        Header("):", Pattern(r"(?P<type>[A-Z][\w:]{0,150}) \((?P<message>.{0,1500})\):$")),
    ),
    frame_signs=(":in ",),
    frames=(
        Pattern(r"\s{1,40}(?:\d{1,6}: )?from " + _PLACE + r"$"),
        Pattern(r"\s{0,20}" + _PLACE + r"$"),
    ),
    asides=(Pattern(r"\s{1,20}\.{3} \d{1,6} levels\.{3}"),),
    library_paths=Pattern(
        r"[\\/]gems[\\/]|[\\/]lib[\\/]ruby[\\/]|[\\/]rubygems|^<internal:|[\\/]vendor[\\/]bundle[\\/]"
    ),
    function_noise=Pattern(r"(?:block (?:\(\d{1,3} levels\) )?|rescue |ensure )in "),
    examples=EXAMPLES,
)
