"""The server of one API process, and how it stops: nobody is turned away, nothing that arrived is lost."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import threading

import uvicorn
from fastapi import FastAPI

from pennydrop_api.deps import Parts
from pennydrop_api.uploads.routes import desk_of

log = logging.getLogger("pennydrop.api")

# Requests may take so long to end once nobody is let in any more. With the usual time in which load balancers
# look away it stays below the ten seconds after which Docker and our own supervisor kill.
STOP_S = 4
# Films on their way in have so long of that; then what has come of them is kept, and phones go on elsewhere.
_UPLOADS_S = 2.0
# Who got in as the door closed sends her request at once.
_LAST_WORDS_S = 0.3
_TOO_LONG_S = 2.0
_CLOSE = (b"connection", b"close")


class Server(uvicorn.Server):
    """A uvicorn server that looks away from nobody when it stops.

    For `drain_s` it goes on as before, but says on `/readyz` that it stops and ends each connection with its
    answer, so that load balancers and those who keep connections turn elsewhere. Then it takes those in that
    knock already, lets those go who only listen, and waits for the rest. With `door_stays_open` the socket is
    a supervisor's, who goes on listening: whoever knocks waits for the next process.
    """

    def __init__(
        self, config: uvicorn.Config, app: FastAPI, *, drain_s: float, door_stays_open: bool
    ) -> None:
        super().__init__(config)
        self._app = app
        self._parts: Parts = app.state.parts
        self._drain_s = drain_s
        self._door_stays_open = door_stays_open

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Whatever hangs below, the process ends; what it had begun is finished by others.
        deadline = threading.Timer(self._drain_s + STOP_S + _TOO_LONG_S, os._exit, args=(1,))
        deadline.daemon = True
        deadline.start()
        self._parts.draining.set()
        self.server_state.default_headers = [*self.server_state.default_headers, _CLOSE]
        log.info("stopping")
        await self._wait(self._drain_s)
        if not self._door_stays_open:
            await self._close_the_door()
        self._parts.hub.close()
        letting_go = asyncio.create_task(self._let_uploads_go())
        await super().shutdown(sockets)
        await letting_go

    async def _close_the_door(self) -> None:
        """Stop listening, having let in whoever the kernel has let in."""
        doors = [
            socket.socket(fileno=os.dup(one.fileno())) for server in self.servers for one in server.sockets
        ]
        for server in self.servers:
            server.close()
        for door in doors:
            with door, contextlib.suppress(OSError):  # there is nobody left
                door.setblocking(False)
                while True:
                    await self._let_in(door.accept()[0])
        await self._wait(_LAST_WORDS_S)

    async def _let_in(self, visitor: socket.socket) -> None:
        visitor.setblocking(False)
        await asyncio.get_running_loop().connect_accepted_socket(
            lambda: self.config.http_protocol_class(  # type: ignore[call-arg]
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state
            ),
            visitor,
        )

    async def _let_uploads_go(self) -> None:
        await self._wait(_UPLOADS_S)
        await desk_of(self._app).close(STOP_S - _UPLOADS_S)

    async def _wait(self, seconds: float) -> None:
        """Wait, but not for a person who presses Ctrl-C a second time."""
        until = asyncio.get_running_loop().time() + seconds
        while not self.force_exit and (left := until - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(min(left, 0.1))
