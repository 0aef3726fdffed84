"""Films for measuring: a noisy moving picture at a phone's bit rate, and sound that starts and stops."""

from __future__ import annotations

import subprocess
from pathlib import Path

PIECE_S = 10


def a_lesson(path: Path, *, seconds: int, codec: str = "libx264", noise: int = 14) -> Path:
    """1080p at 30 frames a second. Ten seconds are encoded, the rest repeats them.

    The noisier, the larger its copies are: of 14 in 720p 5 Mbit/s, of 7 two.
    """
    picture = f"testsrc2=s=1920x1080:r=30,noise=alls={noise}:allf=t"
    sound = "aevalsrc='0.3*sin(2*PI*180*t)*gt(sin(2*PI*0.25*t),0)+0.01*(random(0)-0.5)':s=48000"
    video = ["-c:v", codec, "-preset", "ultrafast", "-b:v", "12M", "-g", "30", "-pix_fmt", "yuv420p"]
    if codec == "libx265":
        video += ["-tag:v", "hvc1", "-x265-params", "log-level=none:keyint=30"]
    piece = path.with_suffix(".piece.mp4")
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", str(PIECE_S)]
    _ffmpeg(*inputs, *video, "-c:a", "aac", str(piece))
    repeats = str(-(-seconds // PIECE_S) - 1)
    _ffmpeg("-stream_loop", repeats, "-i", str(piece), "-c", "copy", "-t", str(seconds), str(path))
    return path


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments], check=True)
