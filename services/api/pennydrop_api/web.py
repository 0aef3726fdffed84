"""The built web app: served from memory, compressed, and with one page for every address inside it."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.routing import Match, Route
from starlette.types import Scope

from pennydrop.errors import NotFound
from pennydrop.settings import Settings
from pennydrop_api.deps import SESSION_COOKIE
from pennydrop_api.hints import Page, hints_for, read_pages

# Addresses that belong to others: a mistake in them is a problem document, never the app's page.
_NOT_OURS = ("api", "media", "healthz", "readyz", "metrics")
_HASHED = "assets/"
"""Vite puts a hash of the content into the names under this folder, so they may be kept for ever."""

_COMPRESSIBLE = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)

SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            # Mantine writes its theme into a style element.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            # Films while they are being made, and the worker that keeps them, live in blobs.
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "connect-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# What every page asks before anything else: on its way while the app's own code is still coming.
_ASKED_FIRST = {"Link": "</api/v1/me>; rel=preload; as=fetch; crossorigin"}

_NOT_BUILT = """<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pennydrop</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}</style>
<h1>Pennydrop is running, but its screens aren’t built yet</h1>
<p>Type <code>make setup</code> in Pennydrop’s folder, then reload this page.
If the screens lie somewhere else, set <code>PENNYDROP_WEB_ROOT</code> to that folder.</p>
"""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    media_type: str
    plain: bytes
    packed: dict[str, bytes]
    """The same compressed, by content coding, the smallest first; only what is smaller than `plain`."""
    tag: str


class WebApp:
    """The files under `root`, each read and compressed once until it changes on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._assets: dict[Path, tuple[int, Asset]] = {}
        self._pages: tuple[Asset, list[Page]] | None = None
        self._lock = Lock()

    def find(self, address: str) -> Asset | None:
        """Return the file at an address inside the app, or None; never anything outside its folder."""
        if "\0" in address:
            return None
        path = (self._root / address).resolve()
        if not path.is_relative_to(self._root) or not path.is_file():
            return None
        changed = path.stat().st_mtime_ns
        with self._lock:
            known = self._assets.get(path)
            if known is None or known[0] != changed:
                known = self._assets[path] = (changed, _read(path))
        return known[1]

    def pages(self) -> list[Page]:
        """Return what the build says its pages are made of; nothing where it says nothing."""
        written = self.find("pages.json")
        if written is None:
            return []
        if self._pages is None or self._pages[0] is not written:
            self._pages = (written, read_pages(written.plain))
        return self._pages[1]


class _Elsewhere(Route):
    """Every address but those of the API: there an unknown one stays unknown."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        first = str(scope.get("path", "")).split("/")[1:2]
        return (Match.NONE, {}) if first and first[0] in _NOT_OURS else super().matches(scope)


def install(app: FastAPI, settings: Settings) -> None:
    """Serve the web app at every address that nothing else answers. Comes after all other routes."""
    web = WebApp(settings.web_root or _root())

    def page(request: Request) -> Response:
        address = request.path_params["address"]
        asset = web.find(address)
        if asset is None and "." in address.rsplit("/", 1)[-1]:
            raise NotFound
        if asset is not None and address != "index.html":
            return _answer(request, asset, for_ever=address.startswith(_HASHED))
        asset = web.find("index.html")
        if asset is None:
            return HTMLResponse(_NOT_BUILT, status_code=503, headers=SECURITY_HEADERS)
        hints = hints_for(web.pages(), address, asks=SESSION_COOKIE in request.cookies)
        answer = _answer(request, _with_hints(asset, hints) if hints else asset, for_ever=False)
        answer.headers.update(_ASKED_FIRST)
        answer.headers["Vary"] = "Accept-Encoding, Cookie"
        return answer

    app.router.routes.append(_Elsewhere("/{address:path}", page))


def is_built(settings: Settings) -> bool:
    """Say whether there are screens to show."""
    return ((settings.web_root or _root()) / "index.html").is_file()


def _root() -> Path:
    """Find the built app: beside the code in a checkout, inside the package once installed."""
    packed = Path(__file__).with_name("web_dist")
    return packed if packed.is_dir() else Path(__file__).parents[2] / "web" / "dist"


def _read(path: Path) -> Asset:
    plain = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".webmanifest":
        media_type = "application/manifest+json"
    packed: dict[str, bytes] = {}
    if media_type in _COMPRESSIBLE:
        brotli = path.with_name(path.name + ".br")
        # Made by the build. One that is older than its file belongs to an earlier build.
        if brotli.is_file() and brotli.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            packed["br"] = brotli.read_bytes()
        packed["gzip"] = gzip.compress(plain, 9, mtime=0)
    packed = {coding: body for coding, body in packed.items() if len(body) < len(plain)}
    return Asset(media_type, plain, packed, _tag(plain))


def _with_hints(page: Asset, hints: str) -> Asset:
    plain = page.plain.replace(b"</head>", f"{hints}\n</head>".encode(), 1)
    return Asset(page.media_type, plain, {"gzip": gzip.compress(plain, 6, mtime=0)}, _tag(plain))


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def _answer(request: Request, asset: Asset, *, for_ever: bool) -> Response:
    headers = {
        **SECURITY_HEADERS,
        "Cache-Control": "public, max-age=31536000, immutable" if for_ever else "no-cache",
        # Weak, as the compressed and the plain answer share it.
        "ETag": f"W/{asset.tag}",
        "Vary": "Accept-Encoding",
    }
    if asset.tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    body = asset.plain
    taken = _codings(request.headers.get("Accept-Encoding", ""))
    coding = next((coding for coding in asset.packed if coding in taken), None)
    if coding is not None:
        body = asset.packed[coding]
        headers["Content-Encoding"] = coding
    return Response(body, media_type=asset.media_type, headers=headers)


def _codings(accepted: str) -> set[str]:
    """Return the content codings that an `Accept-Encoding` takes (RFC 9110, 12.5.3); `q=0` refuses one."""
    codings = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        quality = weight.strip().removeprefix("q=")
        if name.strip() and not (quality and quality.rstrip("0") in ("", "0.", "0")):
            codings.add(name.strip())
    return codings
