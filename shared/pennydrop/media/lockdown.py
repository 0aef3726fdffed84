"""Lock the current process down for good, before it opens a film. Standard library only.

Two kinds of children use it: Python ones import what they need, then call `lock_down`; other programs are
started through this very file (`python -I -S lockdown.py <policy> program arguments…`), which locks itself
down and then becomes the program. Nothing here trusts the film; everything here trusts the policy.

What is used, where the kernel has it: an unprivileged user of its own (when started as root), a network
namespace without interfaces, Landlock (no file but the named ones, no TCP, no signals to others), seccomp (no
sockets, no tracing, no new namespaces), `no_new_privs`, resource limits, and death together with the parent.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import platform
import resource
import signal
import stat
import struct
import sys
import time
from typing import Any

# A user and group that no account on the machine has, so that a child can touch no other service's files
# or processes (as `nobody` could). Below 65536, so that containers with the usual id range can use it.
SANDBOX_ID = 64_737
FIRST_SOURCE_FD = 3
AUTOGROUP_TRIES = 5

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
ANY_NEW_NAMESPACE = 0x7E020080  # CLONE_NEW{TIME,NS,CGROUP,UTS,IPC,USER,PID,NET}

MACHINES = ("x86_64", "aarch64")
AUDIT_ARCH = (0xC000003E, 0xC00000B7)
# Numbers of system calls on each of MACHINES.
UNSHARE, CLONE, CAPSET = (272, 97), (56, 220), (126, 91)
CLONE3, LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 435, 444, 445, 446
FORBIDDEN = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "unshare": UNSHARE,
    "setns": (308, 268),
    "mount": (165, 40),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}

# Landlock's rights on files, by the ABI that brought them.
EXECUTE, WRITE, READ, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1, 2, 4, 8, 16, 32
MAKE_DIR, MAKE_REG, REFER, TRUNCATE, IOCTL_DEV = 128, 256, 1 << 13, 1 << 14, 1 << 15
ON_FILES = EXECUTE | WRITE | READ | TRUNCATE | IOCTL_DEV
READ_ONLY = READ | READ_DIR
READ_WRITE = READ | READ_DIR | WRITE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE

_libc = ctypes.CDLL(None, use_errno=True)
_machine = MACHINES.index(platform.machine()) if platform.machine() in MACHINES else None


def _syscall(number: int, *arguments: Any) -> int:
    """Return the call's result, or minus its errno."""
    result: int = _libc.syscall(ctypes.c_long(number), *arguments)
    return result if result >= 0 else -ctypes.get_errno()


def landlock_abi() -> int:
    """Return the kernel's Landlock version; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, _syscall(LANDLOCK_CREATE, None, 0, 1))


def _landlock(read: list[str], execute: list[str], out: int, sources: list[int]) -> int:
    abi = landlock_abi()
    if abi < 1:
        return 0
    handled = (1 << 13) - 1
    handled |= REFER if abi >= 2 else 0
    handled |= TRUNCATE if abi >= 3 else 0
    handled |= IOCTL_DEV if abi >= 5 else 0
    no_tcp = 0b11 if abi >= 4 else 0
    no_signals_or_abstract_sockets = 0b11 if abi >= 6 else 0
    attributes = struct.pack("QQQ", handled, no_tcp, no_signals_or_abstract_sockets)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    rules = _syscall(LANDLOCK_CREATE, ctypes.create_string_buffer(attributes), ctypes.c_size_t(size), 0)
    if rules < 0:
        return 0

    def allow(fd: int, rights: int) -> None:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= ON_FILES
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights & handled, fd))
        result = _syscall(LANDLOCK_ADD, rules, 1, rule, 0)
        if result < 0:
            raise OSError(-result, "a Landlock rule was refused")

    for paths, rights in ((read, READ_ONLY), (execute, READ_ONLY | EXECUTE)):
        for path in paths:
            try:
                fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except FileNotFoundError:
                continue
            allow(fd, rights)
            os.close(fd)
    for fd in sources:
        allow(fd, READ)
    allow(out, READ_WRITE)
    result = _syscall(LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)
    return abi if result >= 0 else 0


def _seccomp() -> bool:
    """Forbid what no decoder needs. A list of what is forbidden, since codecs differ in what they call."""
    if _machine is None:
        return False
    allow, refuse, kill = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
    unknown = 0x00050000 | errno.ENOSYS
    load, equal, any_bit, at_least, answer = 0x20, 0x15, 0x45, 0x35, 0x06
    program: list[tuple[int, int, int, int]] = [
        (load, 0, 0, 4),
        (equal, 1, 0, AUDIT_ARCH[_machine]),
        (answer, 0, 0, kill),
        (load, 0, 0, 0),
    ]
    if MACHINES[_machine] == "x86_64":
        program += [(at_least, 0, 1, 0x40000000), (answer, 0, 0, refuse)]  # x32 has numbers of its own
    for numbers in FORBIDDEN.values():
        program += [(equal, 0, 1, numbers[_machine]), (answer, 0, 0, refuse)]
    # clone3 hides its flags from us: the C library falls back to clone when it isn't there.
    program += [(equal, 0, 1, CLONE3), (answer, 0, 0, unknown)]
    program += [
        (equal, 0, 3, CLONE[_machine]),
        (load, 0, 0, 16),
        (any_bit, 0, 1, ANY_NEW_NAMESPACE),
        (answer, 0, 0, refuse),
        (answer, 0, 0, allow),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    header = ctypes.create_string_buffer(struct.pack("@HxxxxxxP", len(program), ctypes.addressof(code)))
    return int(_libc.prctl(PR_SET_SECCOMP, 2, header, 0, 0)) == 0


def _limits(policy: dict[str, Any]) -> None:
    for name, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, policy["cpu_s"]),
        (resource.RLIMIT_AS, policy["memory"]),
        (resource.RLIMIT_FSIZE, policy["file_size"]),
        (resource.RLIMIT_NOFILE, policy["open_files"]),
    ):
        hard = resource.getrlimit(name)[1]
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # A little above for processor time: at the hard limit comes SIGKILL, which doesn't say why.
        spare = 5 if name == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else 0
        resource.setrlimit(name, (limit, limit + spare))
    # Python ignores these two, and programs would inherit that: at a limit they must end, not carry on.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if policy["nice"]:
        os.nice(policy["nice"])
    _be_nice_as_a_session()


def _be_nice_as_a_session() -> None:
    """Make this session as nice as its process: kernels with autogroups weigh sessions before processes.

    Without it a transcode at nice 19, in its own session, would get as much as a clip somebody waits for.
    """
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    if niceness <= 0:
        return
    for _ in range(AUTOGROUP_TRIES):
        try:
            with open("/proc/self/autogroup", "w") as autogroup:  # noqa: PTH123 — nothing is imported here
                autogroup.write(str(niceness))
            return
        except BlockingIOError:
            # The kernel lets only root change these more than ten times a second.
            time.sleep(0.1)
        except OSError:
            return  # it has no autogroups


def _own_network() -> bool:
    if _machine is None:
        return False
    flags = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER
    return _syscall(UNSHARE[_machine], ctypes.c_long(flags)) == 0


def _own_user() -> bool:
    """Leave root for good."""
    try:
        os.setgroups([])
        os.setresgid(SANDBOX_ID, SANDBOX_ID, SANDBOX_ID)
        os.setresuid(SANDBOX_ID, SANDBOX_ID, SANDBOX_ID)
    except OSError:
        return False
    return True


def _no_capabilities() -> None:
    """Give up every capability, also for programs that this one becomes."""
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if _machine is not None:
        version_3_this_process = ctypes.create_string_buffer(struct.pack("=Ii", 0x20080522, 0))
        _syscall(CAPSET[_machine], version_3_this_process, ctypes.create_string_buffer(24))


def _place_sources(fds: list[int]) -> list[int]:
    """Put the opened sources at 3, 4, …, where the command line looks for them."""
    out_of_the_way = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 64) for fd in fds]
    placed = []
    for index, fd in enumerate(out_of_the_way):
        os.dup2(fd, FIRST_SOURCE_FD + index, inheritable=True)
        placed.append(FIRST_SOURCE_FD + index)
        os.close(fd)
    return placed


def lock_down(policy: dict[str, Any]) -> dict[str, Any]:
    """Apply `policy` to this process and say which layers hold: the fields of `SandboxLevel`.

    The policy's keys: `sources` (opened files), `out` (the only folder to write in, and the new working
    folder), `read` and `execute` (paths), `cpu_s`, `memory`, `file_size`, `open_files`, `nice`, `parent`
    (process id), `drop_user`.
    """
    os.chdir(policy["out"])
    sources = _place_sources(policy["sources"])
    _limits(policy)
    if sys.platform != "linux":
        return {"landlock": 0, "seccomp": False, "own_user": False, "own_network": False}
    own_network = _own_network()
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # Before the user changes: afterwards the way to these paths may be barred.
    out = os.open(".", os.O_PATH | os.O_CLOEXEC)
    landlock = _landlock(policy["read"], policy["execute"], out, sources)
    os.close(out)
    own_user = False
    if os.geteuid() == 0:
        own_user = policy["drop_user"] and _own_user()
        if not own_user:
            _no_capabilities()
    seccomp = _seccomp()
    # Changing the user clears this, so it comes last.
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != policy["parent"]:
        os._exit(1)
    return {"landlock": landlock, "seccomp": seccomp, "own_user": own_user, "own_network": own_network}


def main(arguments: list[str]) -> None:
    """Lock down, report the layers on the policy's `report` pipe, become the program in `arguments`."""
    policy = json.loads(arguments[0])
    report = policy["report"]
    # Kept out of the way of the sources, and closed by the kernel when the program starts.
    kept = fcntl.fcntl(report, fcntl.F_DUPFD_CLOEXEC, 64)
    os.close(report)
    level = lock_down(policy)
    os.write(kept, json.dumps(level).encode() + b"\n")
    os.execve(arguments[1], arguments[1:], policy["environment"])  # noqa: S606 — there is no shell on purpose


if __name__ == "__main__":
    main(sys.argv[1:])
