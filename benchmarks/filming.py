"""From the press on “stop” to a film that is whole on the server, in Chromium with its own test camera.

Filmed in the page the film is sent while it is filmed, so that little is left at the end. The baseline sends
the same bytes as a file once filming is over, over the same line: a bare loopback, and one like a school's.
Run: `python -m benchmarks.filming`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.journeys.conftest import PHONE, chromium
from tests.support.camera import film_for, newest, open_camera, ready
from tests.support.house import House, running_house, until

# A press, the recorder's last second encoded and written to two disks, one request: before a thumb has moved.
TARGET_MS = 500
SCHOOL_BYTES_PER_S = 5_000_000 // 8

# Notes when stop was pressed, when the recorder was done, and when the last part was answered, which says how
# long the film is.
_WATCH = """
  const send = XMLHttpRequest.prototype.setRequestHeader;
  XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
    if (name === 'Upload-Length') this.addEventListener('load', () => {
      window.whole = { at: performance.now(), bytes: Number(value), status: this.status };
    });
    return send.call(this, name, value);
  };
  const Recorder = MediaRecorder;
  window.MediaRecorder = class extends Recorder {
    constructor(...it) {
      super(...it);
      this.addEventListener('stop', () => { window.stopped = performance.now(); });
    }
  };
  addEventListener('click', ({ target, timeStamp }) => {
    if (target.closest('[aria-label="Stop filming"]')) window.pressed = timeStamp;
  }, true);
"""

# The same number of bytes as one file, by the same protocol; answers the milliseconds.
_AS_A_FILE = """async (bytes) => {
  const film = new Blob([crypto.getRandomValues(new Uint8Array(65536))]);
  const whole = new Blob(Array(Math.ceil(bytes / 65536)).fill(film)).slice(0, bytes);
  const begun = performance.now();
  const common = { 'Tus-Resumable': '1.0.0' };
  const made = await fetch('/api/v1/uploads', { method: 'POST', headers: {
    ...common, 'Upload-Length': String(bytes), 'Upload-Metadata': 'filename ' + btoa('film.mp4') } });
  await fetch(made.headers.get('Location'), { method: 'PATCH', body: whole, headers: {
    ...common, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' } });
  return performance.now() - begun;
}"""


def filmed(page: Page, step: str, seconds: float) -> tuple[float, float, int]:
    """Film; return the milliseconds from press, and from the recorder's end, to whole; and the bytes."""
    open_camera(page, step)
    page.evaluate("delete window.whole")
    film_for(page, seconds)
    page.get_by_role("button", name="Stop filming").click()
    expect(page.get_by_text("It has arrived safely.")).to_be_visible(timeout=60_000)
    noted: dict[str, Any] = page.evaluate("({ whole: window.whole, pressed, stopped })")
    assert noted["whole"]["status"] == 204
    page.get_by_role("button", name="Keep it").click()
    at = noted["whole"]["at"]
    return at - noted["pressed"], at - noted["stopped"], noted["whole"]["bytes"]


def measure(house: House, page: Page, step: str, rounds: int, seconds: float) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {"press": [], "recorder": [], "file": [], "bytes": []}
    for _ in range(rounds):
        press, recorder, size = filmed(page, step, seconds)
        took["press"].append(press)
        took["recorder"].append(recorder)
        took["bytes"].append(size)
        took["file"].append(float(page.evaluate(_AS_A_FILE, size)))
    return took


def a_step(house: House) -> str:
    with house.as_("coach") as coach:
        coachee = coach.get("/api/v1/me").json()["coaches"][0]["person"]["id"]
        body = {
            "coachee": coachee,
            "goal": "Help everyone follow",
            "action": "waiting",
            "criteria": ["Waits"],
        }
        return str(coach.post("/api/v1/action-steps", json=body).json()["id"])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=15)
    said = options.parse_args()
    medians = []
    with (
        tempfile.TemporaryDirectory() as folder,
        running_house(Path(folder)) as house,
        sync_playwright() as p,
    ):
        step = a_step(house)
        browser = p.chromium.launch(**chromium())
        context = browser.new_context(base_url=house.url, viewport=PHONE, has_touch=True, is_mobile=True)
        page = ready(context, house, "ta")
        page.add_init_script(_WATCH)
        for line, per_s in (("loopback", -1), ("5 Mbit/s up, 30 ms", SCHOOL_BYTES_PER_S)):
            slow = {"latency": 30 if per_s > 0 else 0, "downloadThroughput": -1, "uploadThroughput": per_s}
            cdp = context.new_cdp_session(page)
            cdp.send("Network.enable")
            cdp.send("Network.emulateNetworkConditions", {"offline": False, **slow})
            took = measure(house, page, step, said.rounds, said.seconds)
            press, recorder, file = (statistics.median(took[key]) for key in ("press", "recorder", "file"))
            medians.append(press)
            size = statistics.median(took["bytes"]) / 1e6
            print(
                f"{line}: {said.seconds:.0f} s of film, {size:.1f} MB: whole {press:.0f} ms after the press "
                f"({max(took['press']):.0f} at most), {recorder:.0f} ms after the recorder's last byte; "
                f"as a file {file:.0f} ms"
            )
        with house.as_("ta") as ta:
            until(lambda: newest(ta)["state"] in ("watchable", "ready", "failed"))
        browser.close()
    print(f"Aim: {TARGET_MS} ms after the press.")
    return 0 if medians[0] <= TARGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
