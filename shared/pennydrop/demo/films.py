"""Writing a scene to a file as a phone would: H.264 and AAC in an MP4 whose index comes last."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from pennydrop.demo.drawing import frames
from pennydrop.demo.scene import Scene
from pennydrop.demo.voice import RATE, sound

_SAMPLES = 1024  # what one AAC frame holds


def write_film(scene: Scene, path: Path) -> Path:
    """Draw, encode and write the film; return `path`."""
    with av.open(str(path), "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=scene.fps)
        video.width, video.height, video.pix_fmt = scene.width, scene.height, "yuv420p"
        video.options = {"preset": "ultrafast", "crf": "24", "g": str(scene.fps * 2)}
        audio = container.add_stream("aac", rate=RATE, layout="mono")
        for number, picture in enumerate(frames(scene)):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, scene.fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        samples = sound(scene)
        for start in range(0, len(samples), _SAMPLES):
            piece = np.ascontiguousarray(samples[None, start : start + _SAMPLES])
            part = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
            part.sample_rate, part.pts, part.time_base = RATE, start, Fraction(1, RATE)
            container.mux(audio.encode(part))
        container.mux(audio.encode(None))
    return path
