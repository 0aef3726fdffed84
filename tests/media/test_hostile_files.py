"""What pretends to be a film fails with a sentence, opens no connection and reads no other file."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pennydrop.media.failures import MediaFailure
from pennydrop.media.inspection import inspect
from pennydrop.media.run import run
from pennydrop.media.sandbox import Limits, program, source_path
from tests.factories.films import ffmpeg
from tests.factories.hostile import HOSTILE, Bait, a_film_in_another_file, an_iphones_photo

pytestmark = pytest.mark.media


class Listener:
    """A real server on loopback that counts who comes."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/film.ts"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.close()


@pytest.fixture(scope="session")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real film of somebody else's: whoever can read it, can show it."""
    path = tmp_path_factory.mktemp("secret") / "secret.ts"
    ffmpeg("-f", "lavfi", "-i", "testsrc=s=320x180:r=30:d=1", "-c:v", "libx264", "-preset", "ultrafast", path)
    return path


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_fails_with_a_sentence(
    tmp_path: Path, out: Path, listener: Listener, secret: Path, kind: str
) -> None:
    suffix, make = HOSTILE[kind]
    source = make(tmp_path / f"{kind}.{suffix}", Bait(listener.url, secret))
    before = secret.stat().st_atime_ns

    with pytest.raises(MediaFailure) as failed:
        inspect(source, out)

    assert failed.value.files_fault
    assert failed.value.detail.endswith(".")
    assert "Please" in failed.value.detail
    assert not (out / "virtual.bin").exists()
    assert listener.visits == 0
    assert secret.stat().st_atime_ns == before


def test_a_film_that_names_another_file_shows_only_its_own_pictures(
    tmp_path: Path, out: Path, secret: Path
) -> None:
    source = a_film_in_another_file(tmp_path / "film.mov", Bait("http://127.0.0.1:9/", secret))
    before = secret.stat().st_atime_ns

    found = inspect(source, out)

    assert found.virtual is None
    assert secret.stat().st_atime_ns == before


@pytest.mark.parametrize("suffix", ["webm", "mkv"])
def test_the_beginning_of_a_recording_is_a_film(tmp_path: Path, out: Path, suffix: str) -> None:
    """Not long enough to be searched: it is read from its beginning twice."""
    picture = ("libvpx", "-threads", "1") if suffix == "webm" else ("libx264",)
    whole = ffmpeg("-f", "lavfi", "-i", "testsrc=d=4", "-c:v", *picture, "-f", "matroska", "-")
    path = tmp_path / f"begun.{suffix}"
    path.write_bytes(whole[: len(whole) // 4])
    assert inspect(path, out).probe.frames > 1


def test_a_photo_of_an_iphone_is_called_a_photo(tmp_path: Path, out: Path) -> None:
    source = an_iphones_photo(tmp_path / "IMG_1.mov", Bait("http://127.0.0.1:9/", tmp_path))
    with pytest.raises(MediaFailure, match="This is a photo"):
        inspect(source, out)


@pytest.mark.parametrize(
    ("kind", "code"), [("encrypted", "protected"), ("format_of_its_own", "unknown_codec")]
)
def test_a_film_that_nobody_here_can_open_says_why(tmp_path: Path, out: Path, kind: str, code: str) -> None:
    suffix, make = HOSTILE[kind]
    with pytest.raises(MediaFailure) as failed:
        inspect(make(tmp_path / f"{kind}.{suffix}", Bait("http://127.0.0.1:9/", tmp_path)), out)
    assert failed.value.code == code


@pytest.mark.parametrize("name", ["concat:film.mp4", "http:film.mp4", "-i.mp4", "%03d.mp4"])
def test_a_name_is_only_a_name(tmp_path: Path, out: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(
        ffmpeg("-f", "lavfi", "-i", "testsrc=d=1", "-f", "matroska", "-c:v", "libvpx", "-threads", "1", "-")
    )
    assert inspect(path, out).probe.video.codec == "vp8"


@pytest.mark.parametrize("kind", ["playlist", "concat_script", "dash_manifest"])
def test_even_an_ffmpeg_that_falls_for_it_gets_nowhere(
    tmp_path: Path, out: Path, listener: Listener, secret: Path, kind: str
) -> None:
    """Without our options, ffmpeg follows these files. The sandbox doesn't."""
    suffix, make = HOSTILE[kind]
    source = make(tmp_path / f"{kind}.{suffix}", Bait(listener.url, secret))
    gullible = ["-protocol_whitelist", "file,http,tcp,crypto,data", "-allowed_extensions", "ALL"]
    if kind != "playlist":
        gullible = gullible[:2]
    argv = [program("ffmpeg"), "-nostdin", "-v", "error", *gullible, "-i", source_path(), "stolen.mp4"]

    with pytest.raises(MediaFailure):
        run(argv, out=out, sources=[source], limits=Limits(wall_s=30))

    assert listener.visits == 0
    stolen = out / "stolen.mp4"
    assert not stolen.exists() or stolen.stat().st_size == 0
