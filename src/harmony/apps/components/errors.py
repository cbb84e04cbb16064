"""Refusals about components."""

from __future__ import annotations

from harmony.kernel.errors import Invalid


class ComponentUnknown(Invalid):
    code = "components.unknown"
    hint = "`harmony up` without names starts them all; `harmony doctor` lists them."
