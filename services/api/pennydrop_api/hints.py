"""What the browser will need for an address of the web app, named with the very first answer.

Without them a page comes in turns: the app's code, the page's code, then what the page asks of the API. Each
turn costs a slow line a fifth of a second or more. services/web/build/pages.ts writes `pages.json`.
"""

from __future__ import annotations

import re
from html import escape
from typing import Annotated

from pydantic import BaseModel, StringConstraints, TypeAdapter

_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")

Address = Annotated[str, StringConstraints(pattern=r"^/[\w./?=&$-]*$")]


class Page(BaseModel):
    """One page of the app; `path` as its router writes it: `/videos/$id`."""

    path: Address
    scripts: list[Address]
    styles: list[Address]
    asks: list[Address]
    """Addresses of the API that the page asks before it shows anything, with the names of `path` in them."""


_PAGES = TypeAdapter(list[Page])


def read_pages(written: bytes) -> list[Page]:
    """Read `pages.json`. Raises `pydantic.ValidationError` where it isn't one."""
    return _PAGES.validate_json(written)


def hints_for(pages: list[Page], address: str, *, asks: bool) -> str:
    """Return the links that go into the page's head; an empty string where no page is at `address`.

    With `asks` they name what the page asks of the API too: of use only to somebody who is logged in.
    """
    found = _find(pages, [part for part in address.split("/") if part])
    if found is None:
        return ""
    page, names = found
    links = [f'<link rel="modulepreload" crossorigin href="{script}">' for script in page.scripts]
    links += [f'<link rel="preload" as="style" crossorigin href="{style}">' for style in page.styles]
    for ask in page.asks if asks else ():
        wanted = re.sub(r"\$(\w+)", lambda match: names.get(match[1], ""), ask)
        links.append(f'<link rel="preload" as="fetch" crossorigin href="{escape(wanted)}">')
    return "\n".join(links)


def _find(pages: list[Page], parts: list[str]) -> tuple[Page, dict[str, str]] | None:
    """Find the page at an address, and what its names stand for; words go before names, as in the router."""
    best: tuple[int, Page, dict[str, str]] | None = None
    for page in pages:
        wanted = [part for part in page.path.split("/") if part]
        if len(wanted) != len(parts):
            continue
        names = {want[1:]: part for want, part in zip(wanted, parts, strict=True) if want.startswith("$")}
        words = [(want, part) for want, part in zip(wanted, parts, strict=True) if not want.startswith("$")]
        if any(want != part for want, part in words) or not all(map(_ID.fullmatch, names.values())):
            continue
        if best is None or len(words) > best[0]:
            best = (len(words), page, names)
    return None if best is None else best[1:]
