"""The walls as data: the filter is interpreted for both machines, the Landlock rights by ABI, the folder's removal."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.adapters.sandbox import folder, landlock, seccomp
from harmony.adapters.sandbox.syscalls import NUMBERS

PID = 4242
EPERM, ENOSYS, ENOTSUP = 0x00050001, 0x00050026, 0x0005005F
MACHINES = sorted(seccomp.MACHINES)


def verdict(machine: str, number: int, *arguments: int, arch: int | None = None, **options: int) -> int:
    """Interpret the filter as the kernel does."""
    confined = bool(options.get("signals_confined", True))
    program = seccomp.assemble(machine, abi=options.get("abi", 7), signals_confined=confined, own_pid=PID)
    code = list(struct.iter_unpack("=HBBI", program))
    audit = seccomp.MACHINES[machine][1] if arch is None else arch
    data = struct.pack("=IIQ6Q", number, audit, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    place, accumulator = 0, 0
    operand: int
    while True:
        operation, when_true, when_false, operand = code[place]
        place += 1
        match operation:
            case seccomp.LOAD:
                accumulator = struct.unpack_from("=I", data, operand)[0]
            case seccomp.AND:
                accumulator &= operand
            case seccomp.EQUAL:
                place += when_true if accumulator == operand else when_false
            case seccomp.AT_LEAST:
                place += when_true if accumulator >= operand else when_false
            case seccomp.RETURN:
                return operand


def named(machine: str, name: str, *arguments: int, **options: int) -> int:
    number = NUMBERS[name][seccomp.MACHINES[machine][0]]
    assert number is not None
    return verdict(machine, number, *arguments, arch=None, **options)


@pytest.mark.parametrize("machine", MACHINES)
def test_every_listed_call_has_its_verdict(machine: str) -> None:
    column = seccomp.MACHINES[machine][0]
    expected = dict.fromkeys(seccomp.FREE, seccomp.ALLOW) | dict.fromkeys(seccomp.DENIED, EPERM)
    expected |= dict.fromkeys(seccomp.IGNORED, seccomp.ANSWER) | dict.fromkeys(seccomp.UNSUPPORTED, ENOTSUP)
    for name, answer in expected.items():
        number = NUMBERS[name][column]
        if number is not None:
            assert verdict(machine, number) == answer, name


def test_no_call_stands_in_two_lists_and_no_number_twice() -> None:
    listed = [*seccomp.FREE, *seccomp.DENIED, *seccomp.IGNORED, *seccomp.UNSUPPORTED]
    assert len(listed) == len(set(listed))
    for column in (0, 1):
        numbers = [pair[column] for pair in NUMBERS.values() if pair[column] is not None]
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("machine", MACHINES)
def test_a_foreign_architecture_is_killed(machine: str) -> None:
    assert verdict(machine, 1, arch=0x40000003) == seccomp.KILL_PROCESS


def test_the_x32_calls_are_killed() -> None:
    assert verdict("x86_64", seccomp.X32_BIT) == seccomp.KILL_PROCESS
    assert verdict("x86_64", seccomp.X32_BIT | 1) == seccomp.KILL_PROCESS


@given(st.sampled_from(MACHINES), st.integers(min_value=0, max_value=2**30 - 1))
def test_a_call_that_is_not_listed_does_not_exist(machine: str, number: int) -> None:
    column = seccomp.MACHINES[machine][0]
    judged = ("truncate", "kill", "tkill", "tgkill", "clone", "prctl", "ioctl", "fcntl", "socketpair", "prlimit64")
    names = [*seccomp.FREE, *seccomp.DENIED, *seccomp.IGNORED, *seccomp.UNSUPPORTED, *judged]
    listed = {NUMBERS[name][column] for name in names}
    if number not in listed:
        assert verdict(machine, number) == ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_a_process_may_begin_but_no_namespace(machine: str) -> None:
    assert named(machine, "clone", 0x01200011) == seccomp.ALLOW  # fork(3)
    assert named(machine, "clone", 0x003D0F00) == seccomp.ALLOW  # pthread_create(3)
    for bit in (17, 25, 26, 27, 28, 29, 30):
        assert named(machine, "clone", 0x11 | 1 << bit) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_arguments_are_judged(machine: str) -> None:
    assert named(machine, "socketpair", 1, 0x80801) == seccomp.ALLOW
    assert named(machine, "socketpair", 1, 2) == EPERM
    assert named(machine, "socketpair", 2, 1) == EPERM
    assert named(machine, "prlimit64", 0) == seccomp.ALLOW
    assert named(machine, "prlimit64", PID) == EPERM
    assert named(machine, "fcntl", 0, 1030) == seccomp.ALLOW
    for command in (8, 10, 15, 1026, 1031):
        assert named(machine, "fcntl", 0, command) == EPERM
    for command in (0x5401, 0x5421, 0x5451):
        assert named(machine, "ioctl", 0, command) == seccomp.ALLOW
    for command in (0x5412, 0x8901, 0x8902, 0x5452):
        assert named(machine, "ioctl", 0, command) == EPERM
    assert named(machine, "prctl", 15) == seccomp.ALLOW
    assert named(machine, "prctl", 36) == EPERM


@given(st.sampled_from(MACHINES), st.sampled_from(["kill", "tkill", "tgkill"]), st.integers(-(2**31), 2**31 - 1))
def test_where_nothing_else_confines_signals_only_the_program_itself_gets_them(
    machine: str, name: str, target: int
) -> None:
    own = {PID, -PID, 0} if name == "kill" else {PID}
    expected = seccomp.ALLOW if target in own else EPERM
    word = target & 0xFFFFFFFFFFFFFFFF
    assert named(machine, name, word, signals_confined=False) == expected
    assert named(machine, name, word) == seccomp.ALLOW


@pytest.mark.parametrize("target", [PID, -PID & 0xFFFFFFFF, 0])
def test_the_program_may_signal_itself(target: int) -> None:
    assert named("x86_64", "kill", target, signals_confined=False) == seccomp.ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_truncating_by_path_is_left_to_landlock_where_it_can(machine: str) -> None:
    assert named(machine, "truncate", abi=2) == EPERM
    assert named(machine, "truncate", abi=3) == seccomp.ALLOW


@pytest.mark.parametrize(
    ("abi", "rights"), [(1, 0x1FFF), (2, 0x3FFF), (3, 0x7FFF), (4, 0x7FFF), (5, 0xFFFF), (6, 0xFFFF), (7, 0xFFFF)]
)
def test_all_rights_of_an_abi_are_handled(abi: int, rights: int) -> None:
    assert landlock.handled_rights(abi) == rights


def test_a_hostile_folder_is_removed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    outside = tmp_path / "outside"
    outside.write_text("stays")
    folder.lay_out(root, {"a/b.txt": b"x"})
    here = os.getcwd()
    os.chdir(root / "work")
    try:
        os.symlink(outside, "link")
        os.symlink(tmp_path, "folder-link")
        for _ in range(3000):
            os.mkdir("d")
            os.chdir("d")
        os.mkdir("closed", 0o000)
    finally:
        os.chdir(here)
    folder.remove(root)
    assert not root.exists()
    assert outside.read_text() == "stays"


def test_a_folder_is_measured_up_to_a_number_of_entries(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / str(number)).write_bytes(bytes(10_000))
    size, entries = folder.measure(str(tmp_path), 100)
    assert entries == 5
    assert size >= 50_000
    assert folder.measure(str(tmp_path), 3)[1] == 3
