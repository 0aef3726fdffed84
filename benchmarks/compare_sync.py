"""How well two films stay in step on the compare page, sound on one side, beside two that are merely played.

A phone's H.264 at 30 pictures a second is the model, a recorder's VP8 at 25 the take; both play for a minute
in Chromium, from the copies that Pennydrop made of them. Each picture says when it is on the screen
(`requestVideoFrameCallback`); the distance is that of the two films' own times at one and the same instant.
Run: `python -m benchmarks.compare_sync`.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from bisect import bisect_right
from functools import partial
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories.films import AAC, PHONE, REALTIME, encode, ffmpeg
from tests.support.house import House, running_house, until

FRAME_MS = 1000 / 30
PIECE_S = 10
# Where they start isn't what is measured here, but how they go on.
BEGINNING_S = 3

# Every picture of each video from now on: [its own time, when it is on the screen], in milliseconds.
_NOTE = """() => {
  window.pictures = [...document.querySelectorAll('video')].map((video) => {
    const noted = [];
    const note = (_now, { mediaTime, expectedDisplayTime }) => {
      noted.push([mediaTime * 1000, expectedDisplayTime]);
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
    return noted;
  });
}"""

_BARE = """async (urls) => {
  document.body.replaceChildren(...urls.map((url, place) => {
    const video = document.createElement('video');
    Object.assign(video, { src: url, muted: place > 0, preload: 'auto' });
    video.style.cssText = 'width: 48%';
    return video;
  }));
  const videos = [...document.querySelectorAll('video')];
  await Promise.all(videos.map((video) => new Promise((resolve) => { video.oncanplaythrough = resolve; })));
}"""

Pictures = list[list[float]]


def films(folder: Path, seconds: int) -> tuple[Path, Path]:
    """A phone's film, and a browser's recording at another rate."""
    size: dict[str, int] = {"width": 640, "height": 360, "seconds": PIECE_S}
    phone = encode(folder / "piece.mp4", *PHONE, *AAC, **size)  # type: ignore[arg-type]
    recorder = encode(
        folder / "piece.webm",
        *REALTIME,
        "-c:v",
        "libvpx",
        "-c:a",
        "libopus",
        filters="fps=25",
        **size,  # type: ignore[arg-type]
    )
    return _repeated(phone, seconds), _repeated(recorder, seconds)


def _repeated(piece: Path, seconds: int) -> Path:
    whole = piece.with_stem("whole")
    times = str(-(-seconds // PIECE_S) - 1)
    ffmpeg("-stream_loop", times, "-i", piece, "-c", "copy", whole)
    return whole


def a_step_with_both(house: House, phone: Path, recorder: Path) -> str:
    """Return a step of the teaching assistant's that has a model and a take, ready to be watched."""
    with house.as_("ta") as ta, house.as_("coach") as coach:
        step = coach.post(
            "/api/v1/action-steps",
            json={
                "coachee": ta.get("/api/v1/me").json()["id"],
                "goal": "Be heard",
                "action": "waiting",
                "criteria": ["Waits"],
            },
        ).json()["id"]
        for client, film, kind in ((coach, phone, "model"), (ta, recorder, "rehearsal")):
            video = house.send(client, film, kind, purpose=kind)
            until(partial(_is_ready, house, client, video), within_s=900, pause_s=1)
            answer = client.post(f"/api/v1/action-steps/{step}/rounds", json={"kind": kind, "video": video})
            assert answer.status_code == 201, answer.text
    return str(step)


def _is_ready(house: House, client: httpx.Client, video: str) -> bool:
    """Whether all copies are made: nothing else is to keep the machine busy."""
    return bool(house.video(client, video)["state"] == "ready")


def distances(model: Pictures, take: Pictures, seconds: int) -> list[float]:
    """Return how far the two are apart at each of the take's pictures, in milliseconds of film."""
    shown_at = [at for _, at in model]
    begin, apart = max(model[0][1], take[0][1]) + BEGINNING_S * 1000, []
    for media, at in take:
        place = bisect_right(shown_at, at)
        if not begin <= at <= begin + seconds * 1000 or not 0 < place < len(model):
            continue
        (before, since), (after, until) = model[place - 1], model[place]
        there = before + (after - before) * (at - since) / max(until - since, 0.1)
        apart.append(media - there)
    return apart


def told(name: str, apart: list[float]) -> float:
    """Print the figures of one run; return the median distance."""
    sizes = sorted(abs(one) for one in apart)
    median, p95 = statistics.median(sizes), sizes[int(len(sizes) * 0.95)]
    print(
        f"{name}: median {median:.1f} ms = {median / FRAME_MS:.2f} frames, "
        f"p95 {p95:.1f} ms = {p95 / FRAME_MS:.2f} frames, worst {sizes[-1]:.0f} ms ({len(sizes)} pictures)"
    )
    return median


def merely_played(page: Page, urls: list[str], seconds: int) -> list[float]:
    page.evaluate(_BARE, urls)
    page.evaluate(_NOTE)
    page.evaluate("() => { for (const video of document.querySelectorAll('video')) void video.play(); }")
    page.wait_for_timeout((seconds + BEGINNING_S + 1) * 1000)
    return distances(*page.evaluate("window.pictures"), seconds)


def in_step(page: Page, step: str, seconds: int) -> tuple[list[float], list[str]]:
    page.goto(f"/action-steps/{step}/compare")
    for place in range(2):
        page.locator("video[data-shown]").nth(place).wait_for()
    urls = page.evaluate("[...document.querySelectorAll('video')].map((video) => video.currentSrc)")
    page.evaluate(_NOTE)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_timeout((seconds + BEGINNING_S + 1) * 1000)
    muted = page.evaluate("[...document.querySelectorAll('video')].map((video) => video.muted)")
    assert muted == [False, True], "The model is to be heard, and the take not."
    return distances(*page.evaluate("window.pictures"), seconds), urls


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=60)
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        phone, recorder = films(folder, seconds + 15)
        with running_house(folder / "house") as house:
            step = a_step_with_both(house, phone, recorder)
            browser = _chromium(playwright.chromium)
            page = _logged_in(browser, house)
            apart, urls = in_step(page, step, seconds)
            baseline = merely_played(page, urls, seconds)
            browser.close()
    told("merely played", baseline)
    median = told("in step", apart)
    print(f"A median of one frame ({FRAME_MS:.1f} ms) is wanted over {seconds} s.")
    return 0 if median <= FRAME_MS else 1


def _chromium(kind) -> Browser:  # type: ignore[no-untyped-def]
    path = next(found for one in ("chromium", "chromium-browser") if (found := shutil.which(one)))
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    browser: Browser = kind.launch(
        executable_path=path, args=[*quiet, "--autoplay-policy=no-user-gesture-required"]
    )
    return browser


def _logged_in(browser: Browser, house: House) -> Page:
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport={"width": 1440, "height": 900})
    login = {"email": house.email("ta"), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok
    return context.new_page()


if __name__ == "__main__":
    sys.exit(main())
