"""GitHub Actions (and Azure Pipelines, whose agent prints alike)."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.service import Service

GITHUB = Service(
    name="github-actions",
    heads=(
        *("##[group]Run", "##[error]Process", "##[error]The", "##[error]Error:", "##[group]Operating"),
        *("##[section]Starting:", "##[section]Finishing:", "##[error]Bash", "##[error]Cmd.exe", "##[error]PowerShell"),
        *("##[error]Input", "##[error]Canceling", "Current", "Runner", "##[error]Final", "##[error]Job"),
    ),
    known_by=Pattern(r"##\[(?:group|error|section|command)\]|Current runner version:|Runner name:"),
    step=Pattern(r"##\[group\]Run <message>$|##\[section\]Starting: (?P<task>.{0,500})$"),
    step_failed=Pattern(
        r"##\[error\](?:Process completed with exit code [1-9-]|(?:Bash|Cmd\.exe|PowerShell) exited with code"
        r"|The process '.{1,500}' failed with exit code|Final attempt failed|Input required)"
    ),
    cancelled=Pattern(
        r"##\[error\](?:The operation was cancell?ed"
        r"|The job running on .{1,200} has exceeded the maximum execution time"
        r"|The runner has received a shutdown signal|Canceling since a higher priority|The job was not acquired)"
    ),
)
