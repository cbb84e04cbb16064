"""The wall around system calls: an allow-list, assembled by hand into a classic BPF program.

What is not listed answers ENOSYS, so that the C library falls back as on an older kernel; what a hostile program would
try first answers EPERM, so that an honest one gets a clear error. A foreign architecture is killed.
Source: Linux ``Documentation/userspace-api/seccomp_filter.rst``. Imported by the launcher: standard library only.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from dataclasses import dataclass

from harmony.adapters.sandbox.landlock import TRUNCATE_ABI
from harmony.adapters.sandbox.linux import PR_SET_SECCOMP, prctl
from harmony.adapters.sandbox.syscalls import NUMBERS

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column in NUMBERS, AUDIT_ARCH
X32_BIT = 0x40000000
MODE_FILTER = 2

LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
KILL_PROCESS, ANSWER, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
NUMBER_OFFSET, ARCH_OFFSET, ARGUMENTS_OFFSET = 0, 4, 16

NAMESPACE_FLAGS = 0x7E020000
AF_UNIX, SOCK_STREAM, SOCK_TYPE_MASK = 1, 1, 0xF
F_SETOWN, F_SETSIG, F_SETOWN_EX, F_NOTIFY, F_SETPIPE_SZ = 8, 10, 15, 1026, 1031
TERMINAL_QUERIES = (0x5401, 0x802C542A, 0x5413)  # TCGETS, TCGETS2, TIOCGWINSZ
DESCRIPTOR_SWITCHES = (0x541B, 0x5421, 0x5450, 0x5451)  # FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
OWN_NAMES = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FREE = _names("""
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range dup dup2 dup3 pipe
pipe2 sendfile copy_file_range open openat creat stat lstat fstat newfstatat statx access faccessat faccessat2 readlink
readlinkat getdents getdents64 statfs fstatfs mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat
symlink symlinkat mknod mknodat ftruncate fallocate fadvise64 fsync fdatasync flock umask getcwd chdir fchdir
mmap munmap mprotect mremap madvise brk msync membarrier
fork vfork execve exit exit_group wait4 waitid set_tid_address set_robust_list rseq arch_prctl futex sched_yield gettid
getpid getppid getpgid getpgrp setpgid getsid setsid getuid geteuid getgid getegid getresuid getresgid getgroups
uname sysinfo times getrusage getrlimit setrlimit getrandom getcpu sched_getaffinity sched_getparam sched_getscheduler
sched_get_priority_max sched_get_priority_min getpriority
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigpending rt_sigtimedwait sigaltstack pause restart_syscall
nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time alarm getitimer setitimer timer_create
timer_settime timer_gettime timer_getoverrun timer_delete timerfd_create timerfd_settime timerfd_gettime
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
signalfd signalfd4 sendto recvfrom sendmsg recvmsg shutdown getsockopt getsockname getpeername
""")

# Landlock cannot confine these, so they do nothing and say so to nobody, like `quiet` of mount(8) for vfat.
IGNORED = _names("chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat")

UNSUPPORTED = _names("""
getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr setxattr lsetxattr fsetxattr removexattr lremovexattr
fremovexattr
""")

DENIED = _names("""
socket connect bind listen accept accept4 setsockopt sendmmsg recvmmsg ptrace process_vm_readv process_vm_writev kcmp
pidfd_getfd pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo process_madvise move_pages migrate_pages mount umount2
pivot_root chroot setns unshare open_tree move_mount fsopen fsmount fsconfig fspick mount_setattr bpf perf_event_open
keyctl add_key request_key kexec_load kexec_file_load init_module finit_module delete_module reboot swapon swapoff
userfaultfd open_by_handle_at name_to_handle_at personality quotactl quotactl_fd acct iopl ioperm syslog execveat
setpriority sched_setaffinity sched_setscheduler sched_setparam sched_setattr ioprio_set setuid setgid setreuid setregid
setresuid setresgid setgroups capset settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname vhangup
""")


@dataclass(frozen=True, slots=True)
class Condition:
    """Passes when the low 32 bits of argument ``index``, masked, are among ``values`` (not among, when ``negated``)."""

    index: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    negated: bool = False


def assemble(machine: str, *, abi: int, signals_confined: bool, own_pid: int) -> bytes:
    """The BPF program for ``machine``.

    Where nothing else confines signals (no pid namespace, no Landlock scope), only ``own_pid`` and the caller's own
    process group may be signalled.
    """
    column, arch = MACHINES[machine]
    code = [_load(ARCH_OFFSET), _jump(EQUAL, arch, 1, 0), _end(KILL_PROCESS), _load(NUMBER_OFFSET)]
    if machine == "x86_64":
        code += [_jump(AT_LEAST, X32_BIT, 0, 1), _end(KILL_PROCESS)]
    verdicts = dict.fromkeys(FREE, ALLOW) | dict.fromkeys(IGNORED, ANSWER)
    verdicts |= dict.fromkeys(UNSUPPORTED, ANSWER | errno.ENOTSUP) | dict.fromkeys(DENIED, ANSWER | errno.EPERM)
    verdicts["truncate"] = ALLOW if abi >= TRUNCATE_ABI else ANSWER | errno.EPERM
    if signals_confined:
        verdicts |= dict.fromkeys(("kill", "tkill", "tgkill"), ALLOW)
    for name, verdict in verdicts.items():
        number = NUMBERS[name][column]
        if number is not None:
            code += [_jump(EQUAL, number, 0, 1), _end(verdict)]
    for name, conditions in _conditions(None if signals_confined else own_pid).items():
        number = NUMBERS[name][column]
        if number is not None:
            block = _block(conditions)
            code += [_jump(EQUAL, number, 0, len(block)), *block]
    return b"".join([*code, _end(ANSWER | errno.ENOSYS)])


def install(program: bytes) -> None:
    """Raise the wall around the calling thread for ever; needs no_new_privs."""
    buffer = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer)))
    prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(header))


def supported_machine() -> bool:
    """Whether the filter is written for this machine."""
    return platform.system() == "Linux" and platform.machine() in MACHINES


def _conditions(own_pid: int | None) -> dict[str, tuple[Condition, ...]]:
    listed: dict[str, tuple[Condition, ...]] = {
        "clone": (Condition(0, (0,), mask=NAMESPACE_FLAGS),),
        "prctl": (Condition(0, OWN_NAMES),),
        "ioctl": (Condition(1, TERMINAL_QUERIES + DESCRIPTOR_SWITCHES),),
        "fcntl": (Condition(1, (F_SETOWN, F_SETSIG, F_SETOWN_EX, F_NOTIFY, F_SETPIPE_SZ), negated=True),),
        "socketpair": (Condition(0, (AF_UNIX,)), Condition(1, (SOCK_STREAM,), mask=SOCK_TYPE_MASK)),
        "prlimit64": (Condition(0, (0,)),),
    }
    if own_pid is not None:
        listed |= {
            "kill": (Condition(0, (own_pid, 0, -own_pid & 0xFFFFFFFF)),),
            "tkill": (Condition(0, (own_pid,)),),
            "tgkill": (Condition(0, (own_pid,)),),
        }
    return listed


def _block(conditions: tuple[Condition, ...]) -> list[bytes]:
    """Instructions that return ALLOW when every condition passes, EPERM otherwise."""
    block: list[bytes] = []
    for condition in conditions:
        block += [_load(ARGUMENTS_OFFSET + 8 * condition.index), _instruction(AND, 0, 0, condition.mask)]
        # Behind the comparisons stands the refusal; a jump of one more passes over it to the next condition.
        passing = 0 if condition.negated else 1
        for left in range(len(condition.values) - 1, -1, -1):
            value = condition.values[-left - 1]
            last = condition.negated and left == 0
            block.append(_jump(EQUAL, value, left + passing, 1 if last else 0))
        block.append(_end(ANSWER | errno.EPERM))
    return [*block, _end(ALLOW)]


def _instruction(code: int, when_true: int, when_false: int, operand: int) -> bytes:
    return struct.pack("=HBBI", code, when_true, when_false, operand)


def _load(offset: int) -> bytes:
    return _instruction(LOAD, 0, 0, offset)


def _jump(code: int, operand: int, when_true: int, when_false: int) -> bytes:
    return _instruction(code, when_true, when_false, operand)


def _end(verdict: int) -> bytes:
    return _instruction(RETURN, 0, 0, verdict)
