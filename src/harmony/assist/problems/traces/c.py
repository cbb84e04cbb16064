"""C and C++: reports of the sanitizers and of gdb. A compiler's errors are single lines, read in ``reading.py``."""

from __future__ import annotations

from harmony.assist.problems.traces.grammar import Example, Grammar, Header
from harmony.assist.problems.traces.pattern import Pattern

EXAMPLES = (
    Example(
        "terminate called after throwing an instance of 'std::out_of_range'\n"
        "  what():  vector::_M_range_check\n"
        "Aborted (core dumped)\n",
        "std::out_of_range",
        "vector::_M_range_check",
        (),
    ),
    Example(
        "==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x55d1 bp 0x7ffc\n"
        "READ of size 4 at 0x602000000010 thread T0\n"
        "    #0 0x55d1a2b3 in fire /srv/kiln/kiln.c:18:9\n"
        "    #1 0x55d1a2c4 in main /srv/kiln/main.c:7\n"
        "    #2 0x7f00 in __libc_start_main (/lib/x86_64-linux-gnu/libc.so.6+0x29d8f)\n"
        "\n"
        "0x602000000010 is located 0 bytes inside of 16-byte region\n"
        "freed by thread T0 here:\n"
        "    #0 0x7f11 in free (/usr/lib/libasan.so.8+0xb9)\n"
        "    #1 0x55d1 in cool /srv/kiln/kiln.c:11:3\n",
        "AddressSanitizer",
        "heap-use-after-free on address 0x602000000010 at pc 0x55d1 bp 0x7ffc",
        ("main", "fire"),
        ("__libc_start_main",),
    ),
    Example(
        "Program received signal SIGSEGV, Segmentation fault.\n"
        "#0  0x0000555555555149 in Kiln::fire (this=0x0, degrees=40) at kiln.cpp:18\n"
        "#1  0x00005555555551a0 in std::function<void ()>::operator()() const (this=0x1) at /usr/include/f.h:590\n"
        "#2  main () at main.cpp:7\n",
        "SIGSEGV",
        "Segmentation fault.",
        ("main", "Kiln::fire"),
        ("std::function<void ()>::operator()() const",),
    ),
)

GRAMMAR = Grammar(
    language="c",
    headers=(
        Header(
            "terminate called",
            Pattern(r"(?P<place>terminate called) after throwing an instance of '(?P<type>[^']{1,300})'$"),
        ),
        Header(
            "Sanitizer: ",
            Pattern(r"\s{0,20}==\d{1,10}==\s?(?:ERROR|WARNING): (?P<type>\w{1,40}Sanitizer): (?P<message>.{1,2000})$"),
        ),
        Header(
            "Sanitizer: ", Pattern(r"\s{0,20}SUMMARY: (?P<type>\w{1,40}Sanitizer): (?P<message>.{1,2000})$"), rank=1
        ),
        Header(
            "signal SIG",
            Pattern(
                r".{0,80}?(?:received|terminated with|with) signal (?P<type>SIG[A-Z]{1,10}), (?P<message>.{1,200})$"
            ),
        ),
    ),
    frame_signs=("#",),
    frames=(
        Pattern(
            r"\s{0,20}#\d{1,6}\s{1,4}0x[0-9a-f]{1,16} in (?P<function>\S{1,400}) "
            r"\((?P<path>[^()\s]{1,500})\+0x[0-9a-f]{1,16}\)"
        ),
        Pattern(
            r"#\d{1,6}\s{1,4}(?:0x[0-9a-f]{1,16} in )?(?P<function>\S.{0,400}?) \([^()]{0,600}\)"
            r"(?: (?:at|from) (?P<path>[^\s:]{1,500})(?::(?P<line>\d{1,9}))?)?$"
        ),
        Pattern(
            r"\s{0,20}#\d{1,6}\s{1,4}0x[0-9a-f]{1,16} in (?P<function>\S.{0,400}?) "
            r"(?P<path>[^\s()][^\s():]{0,500}):(?P<line>\d{1,9})(?::\d{1,9})?$"
        ),
    ),
    asides=(Pattern(r"\s{0,20}(?:READ|WRITE) of size |\[Switching|Thread \d"),),
    library_paths=Pattern(
        r"^/usr/(?:lib|include|share)|^/lib|\.so(?:\.\d{1,6}){0,4}$|[\\/]libsanitizer[\\/]|[\\/]sysdeps[\\/]|[\\/]glibc"
    ),
    library_functions=Pattern(
        r"(?:std|__gnu_cxx|boost|testing)::|__|_start$|_IO_|raise$|abort$|pthread_|operator (?:new|delete)"
    ),
    examples=EXAMPLES,
)
