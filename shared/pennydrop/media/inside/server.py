"""A process that has imported all that work on films needs, and forks itself for each piece of it.

Importing PyAV and numpy takes as long as cutting a clip; a fork takes a few milliseconds. The server never
looks at a film nor at a request: each fork reads its own, locks itself down, does one task and ends. It has
one thread, as a fork copies no other, and ends when whoever started it does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

from pennydrop.media.inside.start import TASKS, main

# A request's descriptors: where to answer, what is asked for, the child's two outputs, the films.
MOST_DESCRIPTORS = 64
HIGHEST_DESCRIPTOR = 4096


def serve(channel: socket.socket) -> None:
    """Fork for every request that comes over `channel`, until it is closed and no child is left."""
    for task in TASKS.values():
        importlib.import_module(task)
    # What is here now stays: pages that no collection touches are shared with every fork.
    gc.collect()
    gc.freeze()
    _Server(channel).run()


class _Server:
    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._children: dict[int, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        bell, ring = os.pipe()
        for end in (bell, ring):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(ring)
        self._selector.register(channel, selectors.EVENT_READ, self._on_request)
        self._selector.register(bell, selectors.EVENT_READ, lambda: self._on_ended(bell))
        self._open = True

    def run(self) -> None:
        while self._open or self._children:
            for key, _ in self._selector.select():
                key.data()

    def _on_request(self) -> None:
        message, fds, _, _ = socket.recv_fds(self._channel, 1, MOST_DESCRIPTORS)
        if not message:
            self._selector.unregister(self._channel)
            self._open = False
            return
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            _work(fds, server)
        asker = socket.socket(fileno=fds[0])
        for fd in fds[1:]:
            os.close(fd)
        self._children[pid] = asker
        self._selector.register(asker, selectors.EVENT_READ, lambda: self._on_left(pid))
        _tell(asker, pid)

    def _on_ended(self, bell: int) -> None:
        with suppress(BlockingIOError):
            os.read(bell, 4096)
        for pid, asker in self._children.items():
            # Only looked at: its number can't become another process's until the asker lets go of it.
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is not None:
                _tell(asker, ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status)

    def _on_left(self, pid: int) -> None:
        """The asker is done with its child, or is no more: so is the child."""
        asker = self._children.pop(pid)
        self._selector.unregister(asker)
        asker.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _tell(asker: socket.socket, number: int) -> None:
    with suppress(OSError):  # it has gone; the loop hears of that by itself
        asker.send(str(number).encode(), socket.MSG_DONTWAIT)


def _work(fds: list[int], server: int) -> NoReturn:
    """Be the child: keep nothing of the server's but its imports, and never return to its loop."""
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        _, asked, stdout, stderr, *sources = fds
        os.dup2(stdout, 1)
        os.dup2(stderr, 2)
        _close_all_but({asked, *sources})
        with os.fdopen(asked, "rb") as file:
            request = json.load(file)
        request["policy"] |= {"sources": sources, "parent": server}
        main(request)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def _close_all_but(kept: set[int]) -> None:
    first = 3  # the standard ones stay
    for fd in [*sorted(kept), HIGHEST_DESCRIPTOR]:
        if first < fd:
            os.closerange(first, fd)
        first = fd + 1
