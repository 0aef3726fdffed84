"""Videos: the film as people know it, its untouched source, and everything made from it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person


class Purpose(StrEnum):
    LESSON = "lesson"
    MODEL = "model"
    REHEARSAL = "rehearsal"
    MEETING = "meeting"


class VideoState(StrEnum):
    UPLOADING = "uploading"
    PROCESSING = "processing"
    """All bytes are here; nothing can be watched yet."""
    WATCHABLE = "watchable"
    """It plays; better or smaller copies are still being made."""
    READY = "ready"
    FAILED = "failed"


class Source(Base):
    """The bytes as they came, stored once for an owner however often they are sent, and never changed."""

    __tablename__ = "sources"
    __table_args__ = (Index("ix_sources_owner_sha256", "owner_id", "sha256"),)

    id: Mapped[PrimaryId]
    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    key: Mapped[str] = mapped_column(String(300), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the *stored* bytes, read back or counted while they arrived; empty until it stands."""
    created_at: Mapped[CreatedAt]


class Video(Base):
    __tablename__ = "videos"
    __table_args__ = (Index("ix_videos_owner_created", "owner_id", "id"),)

    id: Mapped[PrimaryId]
    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    """The coachee who is in it: hers to share, to take back and to delete."""
    filmed_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    action_step_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("action_steps.id", use_alter=True, ondelete="SET NULL")
    )
    source_id: Mapped[str | None] = mapped_column(Id, ForeignKey("sources.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(Word(Purpose), default=Purpose.LESSON)
    title: Mapped[str] = mapped_column(String(200))
    filename: Mapped[str] = mapped_column(String(255), default="")
    """What the file was called on the phone: shown, never used as a path."""
    recorded_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]

    state: Mapped[VideoState] = mapped_column(Word(VideoState), default=VideoState.UPLOADING)
    progress: Mapped[int] = mapped_column(default=0)
    """Of making the proxies, in percent."""
    failure_code: Mapped[str | None] = mapped_column(String(80))
    failure_detail: Mapped[str | None] = mapped_column(Text)
    proven_at: Mapped[datetime | None]
    """When the sha256 of the stored bytes stood: from then on the phone's copy may go."""

    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    width: Mapped[int | None]
    """As watched: upright, in square pixels."""
    height: Mapped[int | None]
    has_audio: Mapped[bool | None]
    probe: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the first look found, as `media.probe.Probe` writes it: later jobs don't look again."""
    live_key: Mapped[str | None] = mapped_column(String(300))
    """Where a growing HLS copy lies while the proxies of a film that phones can't play are being made."""

    owner: Mapped[Person] = relationship(foreign_keys=owner_id, lazy="joined")
    filmed_by: Mapped[Person] = relationship(foreign_keys=filmed_by_id, lazy="joined")
    source: Mapped[Source | None] = relationship()
    renditions: Mapped[list[Rendition]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class RenditionName(StrEnum):
    """What can be made from a source. One of each for a video."""

    VIRTUAL = "virtual"
    """The clean header and byte ranges that make the untouched original playable."""
    REMUX = "remux"
    P720 = "720p"
    P360 = "360p"
    FRAMES = "frames"
    POSTER = "poster"
    STORYBOARD = "storyboard"
    """The WebVTT track; its sheets lie beside it under the same prefix."""
    WAVEFORM = "waveform"
    SPEECH = "speech"


class Rendition(Base):
    """Something made from a video's source, published whole and never overwritten."""

    __tablename__ = "renditions"
    __table_args__ = (UniqueConstraint("video_id", "name"),)

    id: Mapped[PrimaryId]
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"))
    name: Mapped[RenditionName] = mapped_column(Word(RenditionName))
    key: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the stored bytes; empty for what an earlier version made, until a scrub has read it."""
    beside: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """Files that lie beside this one and belong to it: `name`, `size` and `sha256` of each."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[CreatedAt]


class Share(Base):
    """An owner lets somebody watch a video, until she takes it back."""

    __tablename__ = "shares"
    __table_args__ = (UniqueConstraint("video_id", "person_id"),)

    id: Mapped[PrimaryId]
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    created_at: Mapped[CreatedAt]

    person: Mapped[Person] = relationship(lazy="joined")


class Watch(Base):
    """Somebody watched a video or one of its clips; its owner can see this."""

    __tablename__ = "watches"
    __table_args__ = (Index("ix_watches_video", "video_id", "started_at"),)

    id: Mapped[PrimaryId]
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"))
    clip_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("clips.id", ondelete="SET NULL", use_alter=True)
    )
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    started_at: Mapped[CreatedAt]

    person: Mapped[Person] = relationship(lazy="joined")


class OwnWatch(Base):
    """How often somebody watched what helps her practise. Counted for herself; nobody else ever reads it."""

    __tablename__ = "own_watches"
    __table_args__ = (UniqueConstraint("person_id", "video_id"), UniqueConstraint("person_id", "clip_id"))

    id: Mapped[PrimaryId]
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    video_id: Mapped[str | None] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"), index=True)
    """Either the whole video …"""
    clip_id: Mapped[str | None] = mapped_column(Id, ForeignKey("clips.id", ondelete="CASCADE"), index=True)
    """… or one clip."""
    count: Mapped[int] = mapped_column(default=1)
    last_at: Mapped[CreatedAt]


class Caption(Base):
    """Subtitles of a video in one language, as WebVTT."""

    __tablename__ = "captions"
    __table_args__ = (UniqueConstraint("video_id", "language"),)

    id: Mapped[PrimaryId]
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35))
    label: Mapped[str] = mapped_column(String(80))
    webvtt: Mapped[str] = mapped_column(Text)
    created_at: Mapped[CreatedAt]
