"""Storyboard, waveform and map of speech show the right moments of real films."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import av
import numpy as np
import pytest
import webvtt
from numpy.typing import NDArray

from pennydrop.media.frames import FrameTable
from pennydrop.media.inspection import inspect
from pennydrop.media.sound import make_sound_map
from pennydrop.media.storyboard import make_storyboard
from tests.factories.films import FilmShelf

Luma = NDArray[np.uint8]

pytestmark = pytest.mark.media


@pytest.mark.parametrize(
    "kind", ["phone", "rotated_90", "hevc", "camcorder", "late_video_hevc", "mpeg2", "mjpeg"]
)
def test_each_picture_of_the_storyboard_shows_its_own_time(films: FilmShelf, out: Path, kind: str) -> None:
    source = films.get(kind)
    found = inspect(source, out)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))

    board = make_storyboard(source, found.probe, frames, out)

    assert (board.width < board.height) == (kind == "rotated_90")
    sheet = _luma(board.sheets[0])
    cues = webvtt.read(str(board.vtt)).captions
    assert len(cues) == board.count
    marks: list[Luma] = []
    for cue in cues:
        name, _, area = cue.text.partition("#xywh=")
        assert name == "sheet_0.jpg"
        x, y, width, height = map(int, area.split(","))
        picture = sheet[y : y + height, x : x + width]
        assert picture.shape == (height, width)
        # The bright corner at the bottom left: upright and not mirrored.
        assert picture[-6:, : width // 5].mean() > 180 > picture[-6:, -width // 5 :].mean()
        marks.append(picture)
    assert all(np.abs(a.astype(int) - b).mean() > 1 for a, b in itertools.pairwise(marks))


def test_the_map_of_sound_follows_the_films_own_time(films: FilmShelf, out: Path) -> None:
    """The film begins with its frame 15: the beep of its second 1 comes after half a second."""
    source = films.get("late_video_hevc")
    found = inspect(source, out)

    sound = make_sound_map(source, found.probe, out)

    wave = json.loads(sound.waveform.read_text())
    loud = [n for n, peak in enumerate(wave["max"]) if peak > 30]
    assert [n * 1000 // wave["per_second"] for n in loud] == [500, 1500, 2500]
    assert len(wave["min"]) == len(wave["max"]) == 35
    spoken = json.loads(sound.speech.read_text())
    edges = sorted(edge for span in [*spoken["speech"], *spoken["silence"]] for edge in span)
    assert (edges[0], edges[-1]) == (0, spoken["duration_ms"])


def test_a_silent_film_has_a_flat_line_and_no_speech(films: FilmShelf, out: Path) -> None:
    found = inspect(films.get("silent"), out)
    sound = make_sound_map(films.get("silent"), found.probe, out)
    assert sound.spans == ()
    assert set(json.loads(sound.waveform.read_text())["max"]) == {0}
    assert json.loads(sound.speech.read_text())["silence"] == [[0, 4000]]


def _luma(path: Path) -> Luma:
    with av.open(str(path)) as picture:
        return np.asarray(next(picture.decode(video=0)).reformat(format="gray").to_ndarray(), np.uint8)
