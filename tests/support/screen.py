"""What a browser really shows of a counting film: read off the pixels of the page's own `<video>`."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.support.house import until

# The strip of `tests.factories.films`: 24 bits over the middle eight tenths of the width.
_READ = """() => {
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.drawImage(video, 0, 0);
  const left = canvas.width / 10, bit = (canvas.width * 0.8) / 24, y = Math.max(2, canvas.height / 18);
  let number = 0;
  for (let i = 0; i < 24; i++) {
    const [luma] = pen.getImageData(Math.round(left + (i + 0.5) * bit), Math.round(y), 1, 1).data;
    number = number * 2 + (luma > 125 ? 1 : 0);
  }
  return number;
}"""

# Keeps the number of every frame that is painted while the video can be seen.
_WATCH = f"""() => {{
  window.framesSeen = [];
  const read = {_READ};
  const look = () => {{
    const video = document.querySelector('video');
    const isSeen = video?.dataset.shown !== undefined && video.videoWidth && !video.seeking;
    if (isSeen) window.framesSeen.push(read());
    requestAnimationFrame(look);
  }};
  look();
}}"""


def open_film(page: Page, path: str) -> None:
    """Open a watch page and wait until the wanted frame is on the screen."""
    page.goto(path)
    expect(page.locator("video[data-shown]")).to_be_visible(timeout=30_000)


def frame_shown(page: Page) -> int:
    """The number of the frame on the screen."""
    return int(page.evaluate(_READ))


def expect_frame(page: Page, number: int) -> None:
    """Wait until a seek has landed; fail when another frame than `number` stays on the screen."""
    deadline = time.monotonic() + 5
    while (shown := frame_shown(page)) != number and time.monotonic() < deadline:
        page.wait_for_timeout(30)
    assert shown == number


def now_ms(page: Page) -> float:
    """Where the film is, in milliseconds."""
    return float(page.evaluate("document.querySelector('video').currentTime * 1000"))


def is_playing(page: Page) -> bool:
    return not page.evaluate("document.querySelector('video').paused")


def wait_for_film(page: Page, *, playing: bool | None = None, past_ms: float = 0) -> None:
    """Wait until the film plays or stands as wanted, and is past a place."""
    until(
        lambda: now_ms(page) > past_ms and playing in (None, is_playing(page)),
        within_s=20,
        pause_s=0.02,
    )


def watch_frames(page: Page) -> None:
    """Begin to note each frame that is seen from the page's very start."""
    page.add_init_script(f"({_WATCH})()")


def frames_seen(page: Page) -> list[int]:
    return [int(number) for number in page.evaluate("window.framesSeen")]


def note_frames(page: Page, fps: int) -> None:
    """Begin to note the number of each frame that the browser presents from now on."""
    page.evaluate(
        """fps => {
          window.framesPresented = [];
          const video = document.querySelector('video');
          const note = (_now, { mediaTime }) => {
            window.framesPresented.push(Math.round(mediaTime * fps));
            video.requestVideoFrameCallback(note);
          };
          video.requestVideoFrameCallback(note);
        }""",
        fps,
    )


def frames_presented(page: Page) -> list[int]:
    return [int(number) for number in page.evaluate("window.framesPresented")]
