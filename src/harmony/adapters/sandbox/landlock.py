"""The wall around files: Landlock rules of what may be touched beneath which path; everything else is denied.

Source: Linux ``Documentation/userspace-api/landlock.rst``. Imported by the launcher: standard library only.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable
from contextlib import suppress
from ctypes import create_string_buffer
from dataclasses import dataclass

from harmony.adapters.sandbox.linux import system_call

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
MAKE_CHAR, MAKE_BLOCK = 1 << 6, 1 << 11
FIRST_ABI_RIGHTS = (1 << 13) - 1
TCP_RIGHTS = 0b11  # bind, connect
SCOPES = 0b11  # abstract unix sockets, signals

REFER_ABI, TRUNCATE_ABI, TCP_ABI, IOCTL_ABI, SCOPE_ABI = 2, 3, 4, 5, 6

READ = READ_FILE | READ_DIR
RUN = READ | EXECUTE
OWN = (FIRST_ABI_RIGHTS | REFER | TRUNCATE) & ~(MAKE_CHAR | MAKE_BLOCK)
DEVICE = READ_FILE | WRITE_FILE | TRUNCATE
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


@dataclass(frozen=True, slots=True)
class Rule:
    """``rights`` that hold for ``path`` and everything beneath it."""

    path: str
    rights: int


def offered_abi() -> int:
    """The Landlock ABI of this kernel; 0 where there is none or it is switched off."""
    with suppress(OSError):
        return system_call("landlock_create_ruleset", CREATE_RULESET, None, 0, VERSION_FLAG)
    return 0


def handled_rights(abi: int) -> int:
    """Every file right that ABI ``abi`` can deny."""
    newer = ((REFER_ABI, REFER), (TRUNCATE_ABI, TRUNCATE), (IOCTL_ABI, IOCTL_DEV))
    return FIRST_ABI_RIGHTS | sum(right for first, right in newer if abi >= first)


def ruleset(rules: Iterable[Rule], abi: int) -> int:
    """A descriptor of a ruleset that handles all ``abi`` knows, network and scopes too; absent paths are skipped."""
    handled = handled_rights(abi)
    attributes = struct.pack("=Q", handled)
    if abi >= TCP_ABI:
        attributes += struct.pack("=Q", TCP_RIGHTS)
    if abi >= SCOPE_ABI:
        attributes += struct.pack("=Q", SCOPES)
    buffer = create_string_buffer(attributes, len(attributes))
    descriptor = system_call("landlock_create_ruleset", CREATE_RULESET, buffer, len(attributes), 0)
    for rule in rules:
        _allow(descriptor, rule, handled)
    return descriptor


def restrict(descriptor: int) -> None:
    """Raise the wall around the calling thread for ever; needs no_new_privs."""
    system_call("landlock_restrict_self", RESTRICT_SELF, descriptor, 0)


def _allow(descriptor: int, rule: Rule, handled: int) -> None:
    try:
        parent = os.open(rule.path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        folder = stat.S_ISDIR(os.fstat(parent).st_mode)
        rights = rule.rights & handled & (-1 if folder else FILE_RIGHTS)
        packed = struct.pack("=Qi", rights, parent)
        system_call("landlock_add_rule", ADD_RULE, descriptor, PATH_BENEATH, create_string_buffer(packed, 12), 0)
    finally:
        os.close(parent)
