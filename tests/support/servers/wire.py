"""A wire to a server: a TCP proxy that can be cut as a network is cut, without a word to either side."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_MOST = 1 << 16


class Wire:
    """Carries bytes from `port` to a server's port.

    While it is cut, connections stay and new ones seem to be made, but nothing arrives, as with packets that
    vanish: over such a wire a client without limits of its own waits for ever. Unplugged, it is as when a
    server was stopped: connections break off, and new ones at once.
    """

    def __init__(self, to_port: int) -> None:
        self.to_port = to_port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._cut = threading.Event()
        self._plugged = True
        self._over = threading.Event()
        self._bell, self._clapper = socket.socketpair()
        self._changed = threading.Event()
        self._thread = threading.Thread(target=self._carry, name=f"wire to {to_port}", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Let everything vanish on its way, from now on."""
        self._cut.set()
        self._tell()

    def mend(self) -> None:
        """Let bytes pass again; those that waited arrive."""
        self._cut.clear()
        self._tell()

    def unplug(self) -> None:
        """Break everything off."""
        self._plugged = False
        self._tell()

    def plug_in(self) -> None:
        self._plugged = True
        self._tell()

    def close(self) -> None:
        self._over.set()
        self._tell()
        self._thread.join()
        self._listener.close()

    def _tell(self) -> None:
        self._changed.clear()
        self._clapper.send(b"!")
        self._changed.wait(5)

    def _carry(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._bell, selectors.EVENT_READ)
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._over.is_set():
                if self._cut.is_set():
                    # Nothing is taken up: what gathers in the kernel's buffers is what vanished on its way.
                    self._hear()
                    continue
                for key, _ in selector.select():
                    self._take(selector, key.fileobj)
            self._drop_all(selector)

    def _take(self, selector: selectors.BaseSelector, ready: object) -> None:
        if ready is self._bell:
            self._hear()
            if not self._plugged:
                self._drop_all(selector)
        elif ready is self._listener:
            client, _ = self._listener.accept()
            if not self._plugged:
                client.close()
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.to_port), timeout=5)
            except OSError:
                client.close()
                return
            for end, other in ((client, server), (server, client)):
                self._pairs[end] = other
                selector.register(end, selectors.EVENT_READ)
        elif isinstance(ready, socket.socket) and ready in self._pairs:
            self._pass_on(selector, ready)

    def _hear(self) -> None:
        self._bell.recv(1024)
        self._changed.set()

    def _pass_on(self, selector: selectors.BaseSelector, end: socket.socket) -> None:
        with suppress(OSError):
            if data := end.recv(_MOST):
                self._pairs[end].sendall(data)
                return
        self._drop(selector, end)

    def _drop(self, selector: selectors.BaseSelector, end: socket.socket) -> None:
        for one in (end, self._pairs[end]):
            self._pairs.pop(one, None)
            selector.unregister(one)
            one.close()

    def _drop_all(self, selector: selectors.BaseSelector) -> None:
        while self._pairs:
            self._drop(selector, next(iter(self._pairs)))


@contextmanager
def a_wire(to_port: int) -> Iterator[Wire]:
    wire = Wire(to_port)
    try:
        yield wire
    finally:
        wire.close()
