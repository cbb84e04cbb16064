"""How the sandbox refuses."""

from __future__ import annotations

from harmony.kernel.errors import Invalid, TooLarge, Unavailable


class IsolationUnavailable(Unavailable):
    code = "sandbox.isolation_unavailable"
    hint = "Run on Linux >= 5.13 (x86_64 or aarch64) with Landlock and seccomp enabled; the program was not run."


class ProgramRefused(Invalid):
    code = "sandbox.program_refused"
    hint = "Name files by plain relative paths, run `python` or one of them, and keep limits above zero."


class ProgramTooLarge(TooLarge):
    code = "sandbox.program_too_large"
    hint = "Send fewer or smaller files; the limit is in the message."
