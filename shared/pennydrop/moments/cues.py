"""Moments as WebVTT cues: readable on any player, and whole again when they come back.

Each moment is one cue. What a player shows is what people wrote; the rest rides in standard WebVTT markup:

    01k9a…                                          the moment's id
    00:01:05.000 --> 00:01:15.000
    <v.praise Sam Okafor>You waited for every eye.  kind and author; `.point` marks a point, shown for 3 s
    <c.criterion>Waits until every eye is on her</c>
    <c.term>wait time</c>, <c.term>cue</c>
    <v.reply Aisha Khan>↳ I counted to five in my head.

A cue can't hold an empty line, so one is written as a no-break space. A cue from elsewhere, with none of
this markup, is a note. See WebVTT, https://www.w3.org/TR/webvtt1/, sections 4.2.2 (cue text) and 6.4.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import webvtt
from webvtt.errors import MalformedCaptionError
from webvtt.models import Caption

from pennydrop.moments.models import MomentKind

POINT_SHOWN_MS = 3_000
EMPTY_LINE = "\u00a0"
_ARROW = "↳ "
_VOICE = re.compile(r"<v((?:\.[\w-]+)*)[ \t]+([^>]*)>")
_CRITERION = re.compile(r"<c\.criterion>(.*?)(?:</c>|$)")
_TERM = re.compile(r"<c\.term>(.*?)(?:</c>|$)")
_TAG = re.compile(r"</?[^>]*>")


@dataclass(frozen=True, slots=True)
class CueReply:
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One moment as it travels in a file. Times are whole milliseconds."""

    start_ms: int
    end_ms: int | None
    """None for a point."""
    kind: MomentKind = MomentKind.NOTE
    text: str = ""
    author: str | None = None
    criterion: str | None = None
    terms: list[str] = field(default_factory=list)
    replies: list[CueReply] = field(default_factory=list)
    identifier: str | None = None


def write(cues: Iterable[Cue], *, title: str) -> str:
    """Return a whole WebVTT file."""
    file = webvtt.WebVTT(
        captions=[_caption(cue) for cue in cues],
        header_text=f"{' '.join(title.split())} – moments".replace("-->", "→"),
    )
    return str(file.content)


def read_block(block: str) -> Cue:
    """Read one cue block. Raises `webvtt.MalformedCaptionError` where it breaks the rules of WebVTT."""
    captions = webvtt.WebVTT.from_string(f"WEBVTT\n\n{block}\n", strict=True).captions
    if len(captions) != 1:
        raise MalformedCaptionError("a block without times, or with several")
    return _cue(captions[0])


def _caption(cue: Cue) -> Caption:
    point = cue.end_ms is None
    end_ms = cue.start_ms + POINT_SHOWN_MS if cue.end_ms is None else cue.end_ms
    lines = _spoken(f"{cue.kind}{'.point' if point else ''}", cue.author or "", cue.text)
    if cue.criterion:
        lines.append(f"<c.criterion>{_escaped(cue.criterion)}</c>")
    if cue.terms:
        lines.append(", ".join(f"<c.term>{_escaped(term)}</c>" for term in cue.terms))
    for reply in cue.replies:
        lines += _spoken("reply", reply.author, _ARROW + reply.text)
    return Caption(timestamp(cue.start_ms), timestamp(end_ms), lines, cue.identifier)


def _spoken(classes: str, who: str, text: str) -> list[str]:
    name = _escaped(" ".join(who.split())) or "?"
    first, *rest = (_escaped(line) if line.strip() else EMPTY_LINE for line in text.split("\n"))
    return [f"<v.{classes} {name}>{'' if first == EMPTY_LINE else first}", *rest]


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def timestamp(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"


def _cue(caption: Caption) -> Cue:
    kind, author, point = MomentKind.NOTE, None, False
    criterion, terms = None, list[str]()
    said = list[str]()
    replies = list[tuple[str, list[str]]]()
    for line in caption.lines:
        if found := _CRITERION.match(line):
            criterion = _plain(found[1])
            continue
        if line.startswith("<c.term>"):
            terms = [_plain(term) for term in _TERM.findall(line)]
            continue
        voice = _VOICE.match(line)
        if voice:
            classes, line = voice[1].split("."), line[voice.end() :]
            who = _plain(voice[2])
            if "reply" in classes:
                replies.append((who, [_plain(line).removeprefix(_ARROW)]))
                continue
            author = who if who != "?" else None
            kind = next((one for one in MomentKind if one in classes), kind)
            point = "point" in classes
        (replies[-1][1] if replies else said).append(_plain(line))
    return Cue(
        start_ms=caption.start_time.in_milliseconds(),
        end_ms=None if point else caption.end_time.in_milliseconds(),
        kind=kind,
        text=_joined(said),
        author=author,
        criterion=criterion,
        terms=terms,
        replies=[CueReply(who, _joined(lines)) for who, lines in replies],
        identifier=caption.identifier,
    )


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))


def _joined(lines: list[str]) -> str:
    return "\n".join("" if line == EMPTY_LINE else line for line in lines).strip()
