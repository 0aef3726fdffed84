"""Peaks and the map of speech, on sound made for the purpose."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pennydrop.media.speech import levels_of, speech_spans
from pennydrop.media.waveform import Peaks, peaks_of

RATE = 8000


def a_lesson(*voices: tuple[float, float], seconds: float = 60, room: float = 0.003) -> NDArray[np.int16]:
    """Room noise with something like a voice in the given stretches."""
    rng = np.random.default_rng(3)
    t = np.arange(round(seconds * RATE)) / RATE
    sound = rng.normal(0, room, len(t))
    voice = rng.normal(0, 0.1, len(t)) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * t))
    for start, end in voices:
        inside = (t >= start) & (t < end)
        sound[inside] += voice[inside]
    return (np.clip(sound, -1, 1) * 32767).astype(np.int16)


def spans(samples: NDArray[np.int16]) -> list[tuple[int, int]]:
    found = speech_spans(levels_of(samples, RATE), len(samples) * 1000 // RATE)
    return [(span.start_ms, span.end_ms) for span in found]


@pytest.mark.parametrize("room", [0.0002, 0.003, 0.02])
def test_speech_is_found_in_quiet_and_in_noisy_rooms(room: float) -> None:
    found = spans(a_lesson((5, 12), (20, 22.5), (40, 58), room=room))
    expected = [(5000, 12000), (20000, 22500), (40000, 58000)]
    assert len(found) == len(expected)
    for (start, end), (wanted_start, wanted_end) in zip(found, expected, strict=True):
        assert start == pytest.approx(wanted_start, abs=120)
        assert end == pytest.approx(wanted_end, abs=120)


def test_a_breath_does_not_end_a_sentence_and_a_click_is_no_word() -> None:
    found = spans(a_lesson((10, 12), (12.2, 15), (30, 30.05)))
    assert len(found) == 1
    assert found[0][1] - found[0][0] == pytest.approx(5000, abs=200)


def test_silence_holds_no_speech() -> None:
    assert spans(np.zeros(RATE * 20, np.int16)) == []
    assert spans(np.zeros(0, np.int16)) == []


def test_an_even_room_without_anyone_speaking_holds_no_speech() -> None:
    assert spans(a_lesson(room=0.001)) == []


def test_peaks_stand_where_the_sound_is_and_last_as_long_as_the_film() -> None:
    samples = np.zeros(RATE, np.int16)
    samples[RATE // 2] = 32767
    samples[RATE // 2 + 1] = -32768

    peaks = peaks_of(samples, RATE).lasting(2050)

    assert len(peaks.high) == 21
    assert peaks.high[5] == 127
    assert peaks.low[5] == -128
    assert not peaks.high[:5].any()
    assert not peaks.high[6:].any()


def test_a_film_without_sound_has_a_flat_line() -> None:
    assert Peaks.none().lasting(1000).high.tolist() == [0] * 10
