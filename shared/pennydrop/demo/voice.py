"""A voice without words: hums in the rhythm of speech, so that a waveform has something to show."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pennydrop.demo.scene import Scene, answering, speaking

RATE = 48_000


def sound(scene: Scene) -> npt.NDArray[np.float32]:
    """Return the film's sound: mono samples from -1 to 1 at 48 kHz, as long as its picture."""
    count = scene.seconds * RATE
    time = np.arange(count, dtype=np.float32) / RATE
    random = np.random.default_rng(scene.seed + 1)
    heard = [(speaking(t / 20, scene.seed), answering(t / 20, scene.seed)) for t in range(scene.seconds * 20)]
    # Where two talk, the other's voice is lower.
    lower = np.repeat([60.0 * (scene.partner is not None and other) for _, other in heard], RATE // 20)
    pitch = 190 - lower + 26 * np.sin(time * 1.7 + scene.seed) + 14 * np.sin(time * 5.1)
    phase = np.cumsum(2 * np.pi * pitch / RATE).astype(np.float32)
    hum = sum(np.sin(phase * k) / k**1.4 for k in range(1, 9))
    syllables = np.clip(np.sin(time * 26 + 2 * np.sin(time * 3.3)) + 0.35, 0, 1)
    talks = np.repeat(
        [float(one or (scene.partner is not None and other)) for one, other in heard], RATE // 20
    )
    # A gate that opened at once would click.
    ramp = np.ones(RATE // 50, np.float32) / (RATE // 50)
    gate = np.convolve(talks, ramp, mode="same")
    room = random.normal(0, 0.004, count)
    samples: npt.NDArray[np.float32] = (hum * syllables * gate * 0.16 + room).astype(np.float32)
    return samples
