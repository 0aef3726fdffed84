"""What holds for every request: other sites can't act through a browser, answers can't be misread."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pennydrop.errors import NotAllowed, TooLarge
from pennydrop_api.errors import problem, status_of

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})
_API = "/api/"
_JSON = ("application/json", "application/problem+json")


class CrossSiteRequest(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "This came from another website, so we did nothing. Please do it in Pennydrop itself."
        )


class BodyTooLarge(TooLarge):
    def __init__(self, most: int) -> None:
        super().__init__(f"That is too large: at most {most // 1024**2} MB can be sent at once here.")


class SameOriginOnly:
    """Refuses what changes something when a page of another site sent it.

    Browsers tell by `Sec-Fetch-Site`, older ones by `Origin`; who sends neither is no browser, and so holds
    no cookie by accident. A bearer token never travels by itself, so requests that carry one pass.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self._app = app
        self._public_host = urlsplit(public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] not in _READING
            and self._is_foreign(Headers(scope=scope))
        ):
            error = CrossSiteRequest()
            await problem(status_of(error), error.code, error.detail)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_foreign(self, headers: Headers) -> bool:
        if headers.get("authorization", "").lower().startswith("bearer "):
            return False
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            return site not in _OURS
        if origin is None:
            return False
        return urlsplit(origin).netloc not in {headers.get("host"), self._public_host or None}


class BodyLimit:
    """Refuses bodies larger than anything the API reads in one piece, said or found out while they come.

    Addresses that begin with one of `streaming` take theirs piece by piece and have limits of their own.
    """

    def __init__(self, app: ASGIApp, most: int, streaming: tuple[str, ...]) -> None:
        self._app = app
        self._most = most
        self._streaming = streaming

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(self._streaming):
            await self._app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and int(said) > self._most:
            error = BodyTooLarge(self._most)
            await problem(status_of(error), error.code, error.detail)(scope, receive, send)
            return
        got = 0

        async def receive_within() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self._most:
                # The one exception that the framework passes on from the reading of a body.
                raise HTTPException(413, BodyTooLarge(self._most).detail)
            return message

        await self._app(scope, receive_within, send)


class SafeAnswers:
    """Headers for answers that set none: no guessing of types, and what people wrote is never kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                is_json = headers.get("content-type", "").split(";")[0] in _JSON
                if is_json or scope["path"].startswith(_API):
                    headers.setdefault("Cache-Control", "no-store")
                if is_json:
                    headers.setdefault(
                        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"
                    )
            await send(message)

        await self._app(scope, receive, send_safely if scope["type"] == "http" else send)
