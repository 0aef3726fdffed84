"""How the built web app is served."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pennydrop.db.session import SessionMaker
from pennydrop.settings import Settings
from pennydrop_api.app import create_app
from tests.api.client import Client

PAGE = "<!doctype html><title>Pennydrop</title>" + "<p>penny</p>" * 50


@pytest.fixture
def web(settings: Settings, database: SessionMaker, tmp_path: Path) -> Iterator[Client]:
    """A client of an installation with a small web app."""
    root = tmp_path / "dist"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text(PAGE)
    (root / "assets" / "index-4f2a.js").write_text("export {};" * 50)
    (root / "icon-192.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text("not for you")
    with Client(create_app(settings.model_copy(update={"web_root": root}))) as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/videos/01h?t=1234", "/some/place/deep/inside"])
def test_every_address_inside_the_app_is_its_page(web: Client, address: str) -> None:
    answer = web.get(address)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["Cache-Control"] == "no-cache"


def test_what_has_a_hash_in_its_name_is_kept_for_ever(web: Client) -> None:
    answer = web.get("/assets/index-4f2a.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer.headers["Cache-Control"]


def test_text_travels_compressed_and_pictures_as_they_are(web: Client) -> None:
    assert web.get("/").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in web.get("/icon-192.png").headers
    plain = web.get("/", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.text == PAGE


def test_what_the_build_compressed_by_brotli_is_sent_so_to_browsers_that_take_it(
    web: Client, tmp_path: Path
) -> None:
    (tmp_path / "dist" / "index.html.br").write_bytes(b"by brotli")
    with web.stream("GET", "/", headers={"Accept-Encoding": "gzip, deflate, br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
    assert web.get("/", headers={"Accept-Encoding": "gzip, br;q=0"}).headers["Content-Encoding"] == "gzip"


def test_a_brotli_copy_from_an_earlier_build_is_passed_over(web: Client, tmp_path: Path) -> None:
    old = tmp_path / "dist" / "index.html.br"
    old.write_bytes(b"by brotli")
    os.utime(old, (1, 1))
    assert web.get("/", headers={"Accept-Encoding": "br"}).text == PAGE


def test_a_page_that_is_known_is_not_sent_again(web: Client) -> None:
    first = web.get("/")
    again = web.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_build_is_served_at_once(web: Client, tmp_path: Path) -> None:
    web.get("/")
    (tmp_path / "dist" / "index.html").write_text("<title>New</title>")
    assert web.get("/").text == "<title>New</title>"


@pytest.mark.parametrize(
    "address", ["/assets/gone.js", "/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"]
)
def test_files_that_are_not_the_apps_are_not_found(web: Client, address: str) -> None:
    answer = web.get(address)
    assert answer.status_code == 404
    assert "not for you" not in answer.text


def test_a_mistyped_address_of_the_api_is_a_problem_and_not_the_page(web: Client) -> None:
    for method in ("GET", "POST"):
        answer = web.request(method, "/api/v1/nothing/here")
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_nothing_but_our_own_code_may_run(web: Client) -> None:
    policy = web.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy
    assert "media-src 'self' blob:" in policy
    assert web.get("/").headers["X-Content-Type-Options"] == "nosniff"


def test_without_a_build_a_page_says_what_to_type(
    settings: Settings, database: SessionMaker, tmp_path: Path
) -> None:
    with Client(create_app(settings.model_copy(update={"web_root": tmp_path / "nothing"}))) as client:
        answer = client.get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.text


PAGES = """[
  {"path": "/videos/$id", "scripts": ["/assets/WatchPage-1.js"], "styles": ["/assets/WatchPage-1.css"],
   "asks": ["/api/v1/videos/$id", "/api/v1/videos/$id/clips?limit=200&a=b"]},
  {"path": "/videos/sent", "scripts": ["/assets/Sent-1.js"], "styles": [], "asks": []}
]"""


@pytest.fixture
def hinted(web: Client, tmp_path: Path) -> Client:
    (tmp_path / "dist" / "index.html").write_text(
        "<head><title>Pennydrop</title></head>" + "<p>penny</p>" * 50
    )
    (tmp_path / "dist" / "pages.json").write_text(PAGES)
    return web


def test_an_address_names_at_once_what_its_page_is_made_of(hinted: Client) -> None:
    answer = hinted.get("/videos/01h?t=5")
    head = answer.text.partition("</head>")[0]
    assert '<link rel="modulepreload" crossorigin href="/assets/WatchPage-1.js">' in head
    assert '<link rel="preload" as="style" crossorigin href="/assets/WatchPage-1.css">' in head
    assert "/api/v1/videos" not in head
    assert (
        hinted.get("/videos/01h", headers={"If-None-Match": answer.headers["ETag"].removeprefix("W/")})
    ).status_code == 304
    assert "WatchPage" not in hinted.get("/steps").text
    sent = hinted.get("/videos/sent").text
    assert "Sent-1" in sent
    assert "WatchPage" not in sent


def test_who_is_logged_in_is_told_what_the_page_will_ask(hinted: Client) -> None:
    hinted.cookies.set("pennydrop_session", "whatever")
    head = hinted.get("/videos/01h").text
    assert '<link rel="preload" as="fetch" crossorigin href="/api/v1/videos/01h">' in head
    assert 'href="/api/v1/videos/01h/clips?limit=200&amp;a=b"' in head


@pytest.mark.parametrize("odd", ['"><script>', "a b", "%22", "x" * 200])
def test_an_odd_address_gets_the_plain_page(hinted: Client, odd: str) -> None:
    assert "modulepreload" not in hinted.get(f"/videos/{odd}").text
