"""Rust: a panic with its place, then a backtrace of one or two lines a frame."""

from __future__ import annotations

from harmony.assist.problems.traces.grammar import Example, Grammar, Header
from harmony.assist.problems.traces.pattern import Pattern

EXAMPLES = (
    Example(
        "thread 'kiln::tests::fires' panicked at src/kiln.rs:30:9:\n"
        "assertion `left == right` failed\n"
        "  left: 1\n"
        " right: 2\n"
        "stack backtrace:\n"
        "   0:     0x55d5d1a2b3c4 - std::backtrace_rs::trace::h123456789abcdef0\n"
        "                               at /rustc/abc/library/std/src/../../backtrace/src/libunwind.rs:93:5\n"
        "   1:     0x55d5d1a2b3c4 - shop::kiln::tests::fires::h123456789abcdef0\n"
        "                               at /srv/shop/src/kiln.rs:30:9\n",
        "panic",
        "assertion `left == right` failed",
        ("shop::kiln::tests::fires",),
        ("std::backtrace_rs::trace",),
    ),
    Example(
        "thread 'main' panicked at src/kiln.rs:14:22:\n"
        "called `Result::unwrap()` on an `Err` value: Cold { degrees: 12 }\n"
        "stack backtrace:\n"
        "   0: rust_begin_unwind\n"
        "             at /rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/panicking.rs:665:5\n"
        "   1: core::result::unwrap_failed\n"
        "   2: shop::kiln::fire::h1a2b3c4d5e6f7081\n"
        "             at ./src/kiln.rs:14:22\n"
        "   3: <shop::Oven as shop::Heat>::heat\n"
        "             at ./src/oven.rs:8:9\n"
        "   4: shop::main\n"
        "             at ./src/main.rs:3:5\n"
        "note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.\n",
        "panic",
        "called `Result::unwrap()` on an `Err` value: Cold { degrees: 12 }",
        ("shop::main", "<shop::Oven as shop::Heat>::heat", "shop::kiln::fire"),
        ("core::result::unwrap_failed", "rust_begin_unwind"),
    ),
    Example(
        "thread 'main' panicked at 'kiln is cold', src/main.rs:4:5\n"
        "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
        "panic",
        "'kiln is cold', src/main.rs:4:5",
        (),
    ),
)

GRAMMAR = Grammar(
    language="rust",
    headers=(
        Header(
            "panicked at",
            Pattern(
                r"\s{0,20}thread '[^']{0,200}'(?: \(\d{1,10}\))? panicked at "
                r"(?P<place>[^\s':]{1,500}:\d{1,9}:\d{1,9}):$"
            ),
            type="panic",
            rank=1,
        ),
        Header(
            "panicked at",
            Pattern(r"\s{0,20}thread '[^']{0,200}'(?: \(\d{1,10}\))? panicked at (?P<message>.{1,2000})$"),
            type="panic",
            rank=1,
        ),
    ),
    frame_signs=(": ",),
    frames=(Pattern(r"\s{1,8}\d{1,5}:\s{1,8}(?:0x[0-9a-f]{1,16} - )?(?P<function>\S.{0,600})$"),),
    places=(Pattern(r"\s{6,40}at (?P<path>\S.{0,600}?):(?P<line>\d{1,9})(?::\d{1,9})?$"),),
    asides=(Pattern(r"stack backtrace:$|note: "),),
    library_paths=Pattern(
        r"[\\/]rustc[\\/]|[\\/]\.cargo[\\/]|[\\/]library[\\/](?:std|core|alloc)[\\/]|[\\/]registry[\\/]src[\\/]"
    ),
    library_functions=Pattern(
        r"<?(?:&?\w{0,20} ?)(?:std|core|alloc|test|tokio|rust_begin_unwind|backtrace|futures\w{0,20})(?:::|$)|"
        r"rust_\w{1,60}|__rust|_start$|main$|__libc_start"
    ),
    function_noise=Pattern(r"::h[0-9a-f]{16}$|\{\{closure\}\}(?:#\d{1,4})?"),
    examples=EXAMPLES,
)
