"""What can go wrong with a film, each with a stable code and a sentence that a coach can act on."""

from __future__ import annotations

from typing import Any

from pennydrop.errors import PennydropError

# A file's own fault: trying again gives the same answer, so the job fails at once.
OF_THE_FILE: dict[str, str] = {
    "not_a_video": (
        "This file isn't a video we can read. Please send the film itself, as the phone or camera saved it."
    ),
    "empty_file": "This file is empty. Please choose the film again and send it once more.",
    "no_picture": "There is no picture in this file, only sound. Please choose the film itself.",
    "still_picture": "This is a photo, not a film. Please choose the film.",
    "cut_short": (
        "This film was cut short while it was recorded or copied. Please copy it from the phone again."
    ),
    "index_unreadable": "{reason}",
    "damaged": "This film is damaged and can't be played. Please copy it from the phone again.",
    "protected": "This film is copy-protected, so we can't open it. Please send one you filmed yourself.",
    "unknown_codec": (
        "This film is stored in a way we don't know ({what}). Please save it as MP4 (H.264) and send that."
    ),
    "dolby_only": (
        "This film uses a kind of Dolby Vision that only its own player can show (profile 5). "
        "Please turn off Dolby Vision on the camera, or save it as a normal MP4."
    ),
    "picture_too_large": (
        "The picture is {width} × {height}, more than we can prepare. Please film in 4K or, better, in 1080p."
    ),
    "picture_too_small": "The picture is only {width} × {height}. Please choose the film itself.",
    "too_long": (
        "This film says it is {length} long; we take up to {limit}. "
        "Please cut it into parts, or copy it again if that can't be true."
    ),
    "too_many_tracks": "This file holds {count} tracks, more than any film. Please send the film itself.",
    "times_unreadable": (
        "The times inside this film make no sense, so moments could not be found again. "
        "Please copy it from the phone again or save it as MP4."
    ),
    "too_demanding": (
        "This film asks for far more work than its length explains, so we stopped. "
        "Please save it as a normal MP4 and send that."
    ),
}

# Ours: the machine's or a passing trouble. The job is tried again; people read the sentence when the last try
# has failed too, so it doesn't promise another.
OURS: dict[str, str] = {
    "took_too_long": (
        "Preparing this film took too long and was stopped. "
        "Please send it in shorter parts, or save it as a normal MP4 and send that."
    ),
    "out_of_room": "There is no room left on the disk to prepare this film. Please tell your technician.",
    "stopped_short": (
        "Preparing this film stopped before it was done. "
        "Please send it once more; if it stops again, save it as a normal MP4 first."
    ),
    "came_out_wrong": (
        "This film couldn't be prepared as it should ({what}). Please save it as a normal MP4 and send that."
    ),
    "tool_missing": "The program that prepares films ({what}) is missing. Please tell your technician.",
    "sandbox_missing": "This machine can't fence in the work on films: {what}. Please tell your technician.",
}


class MediaFailure(PennydropError):
    """Work on a film failed.

    `code` is stable; `files_fault` says whether the film itself is the reason: then trying again is no use.
    `technical` is for logs only: it may name paths and is never shown.
    """

    def __init__(self, code: str, *, technical: str = "", **facts: object) -> None:
        self.files_fault = code in OF_THE_FILE
        sentence = OF_THE_FILE[code] if self.files_fault else OURS[code]
        super().__init__(sentence.format(**facts))
        self.code = code
        self.technical = technical
        if technical:
            self.add_note(technical)  # so that logs show it under the sentence
        self.facts = facts

    @property
    def final(self) -> bool:
        """The job fails at once: with the same file, another try would end the same way."""
        return self.files_fault

    def to_json(self) -> dict[str, Any]:
        """The form in which a sandboxed child hands its failure to its parent."""
        facts = {name: str(value) for name, value in self.facts.items()}
        return {"code": self.code, "technical": self.technical, "facts": facts}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> MediaFailure:
        """Read what a child handed over. What a child says is not trusted: unknown codes read as damage."""
        code = str(data.get("code"))
        facts = data.get("facts")
        known = code in OF_THE_FILE or code in OURS
        try:
            return cls(
                code if known else "damaged",
                technical=str(data.get("technical", ""))[:2000],
                **{str(k): str(v)[:200] for k, v in facts.items()} if isinstance(facts, dict) else {},
            )
        except (KeyError, IndexError):
            return cls("damaged", technical=f"a child failed with {code!r} and no facts")


class Cancelled(Exception):
    """The work was stopped because somebody no longer wants it. Not an error anyone needs to read."""


NO_ROOM = "no space left on device"

# What ffmpeg says, in the order of how much it tells. Lower case, matched anywhere in its last words.
_SAID: tuple[tuple[str, str], ...] = (
    (NO_ROOM, "out_of_room"),
    ("disk quota exceeded", "out_of_room"),
    ("cannot allocate memory", "too_demanding"),
    ("out of memory", "too_demanding"),
    ("moov atom not found", "cut_short"),
    ("format not on whitelist", "not_a_video"),
    ("protocol not on whitelist", "not_a_video"),
    ("protocol 'file' not on whitelist", "not_a_video"),
    ("codec not on whitelist", "unknown_codec"),
    ("invalid data found when processing input", "damaged"),
    ("does not contain any stream", "no_picture"),
    ("matches no streams", "no_picture"),
    ("error while decoding", "damaged"),
    ("end of file", "cut_short"),
)


def from_ffmpeg(exit_code: int, stderr: str) -> MediaFailure:
    """Turn ffmpeg's exit code (negative: a signal) and last words into a failure with a sentence."""
    said = stderr.lower()
    technical = f"exit {exit_code}: {stderr[-1500:]}"
    if exit_code == -25:  # SIGXFSZ
        return MediaFailure("too_demanding", technical=f"wrote more than its limit; {technical}")
    if exit_code == -24:  # SIGXCPU
        return MediaFailure(
            "too_demanding", technical=f"used more processor time than its limit; {technical}"
        )
    for words, code in _SAID:
        if words in said:
            return MediaFailure(code, technical=technical, what="its codec")
    return MediaFailure("stopped_short", technical=technical)
