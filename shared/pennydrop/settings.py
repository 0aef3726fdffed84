"""Settings: read once from `PENNYDROP_*` by an entry point, frozen, and passed inward as values."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from pennydrop.addresses import broker_address, bucket_host, database_address, web_address

GIB = 1024**3
NO_SETTINGS = {"PENNYDROP_NEW_PASSWORD", "PENNYDROP_PARENT", "PENNYDROP_SOCKET"}
"""Variables of ours that aren't settings: words to one command, and what processes tell each other."""


class Settings(BaseSettings):
    """Everything a technician can set. Defaults are those of one machine with nothing else installed.

    What is set to nothing isn't set.
    """

    model_config = SettingsConfigDict(
        env_prefix="PENNYDROP_", env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    data: Path = Field(Path("data"), description="The data folder: database, films, queue, scratch space.")
    host: str = Field("127.0.0.1", description="The address the API listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port the API listens on.")
    drain_seconds: float = Field(
        2,
        ge=0,
        le=3600,
        description="A stopping API goes on so long, saying so, until load balancers look away.",
    )
    public_url: Annotated[str, AfterValidator(web_address)] = Field(
        "", description="The address people type, for links in invitations."
    )

    database_url: Annotated[str, AfterValidator(database_address)] = Field(
        "", description="SQLAlchemy URL; empty: SQLite in the data folder."
    )
    broker_url: Annotated[str, AfterValidator(broker_address)] = Field(
        "", description="Celery broker; empty: the data folder. redis://… when scaled out."
    )

    storage: Literal["local", "s3"] = "local"
    s3_endpoint: Annotated[str, AfterValidator(bucket_host)] = ""
    s3_bucket: str = "pennydrop"
    s3_access_key: SecretStr = SecretStr("")
    s3_secret_key: SecretStr = SecretStr("")
    s3_region: str = "us-east-1"
    s3_secure: bool = True
    room_folder: Path | None = Field(
        None, description="A folder on the bucket's own disk, where that is within sight: its room counts."
    )
    delivery: Literal["api", "nginx"] = Field(
        "api", description="nginx: it sends films and clips itself where we say so (deploy/nginx/media.conf)."
    )

    erasures: Path | None = Field(
        None, description="A second folder for the ledger of what was erased, best on another disk."
    )

    upload_max_bytes: int = Field(20 * GIB, ge=1, description="The largest film that is taken.")
    quota_bytes: int = Field(200 * GIB, ge=1, description="What one person's films may take together.")
    keep_free_bytes: int = Field(2 * GIB, ge=0, description="Room on the disk that uploads never use up.")
    video_max_minutes: int = Field(240, ge=1, description="The longest film that is taken.")
    session_days: int = Field(30, ge=1, le=3650, description="How long a log-in lasts.")

    chunk_seconds: int = Field(
        60, ge=1, description="Long films are transcoded in chunks of about so many seconds, each a job."
    )
    transcoders: int = Field(1, ge=1, description="Long jobs at once in one transcoder.")
    workers: int = Field(2, ge=1, description="Short jobs at once in one worker.")
    threads: int = Field(0, ge=0, description="Threads of one ffmpeg; 0: one for each core.")
    sandbox: Literal["required", "best"] = Field(
        "best", description="required: media jobs fail where the kernel can't sandbox them."
    )

    log: Literal["plain", "json"] = Field(
        "plain", description="plain: lines for people; json: one object a line, with request and job."
    )
    traces_endpoint: str = Field(
        "",
        validation_alias=AliasChoices("PENNYDROP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
        description="Where traces go, by OTLP over HTTP; empty: nowhere.",
    )
    demo_password: SecretStr = Field(SecretStr("penny-drop-demo"), description="The demo accounts' password.")
    web_root: Path | None = Field(None, description="The built web app; empty: found beside the code.")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'pennydrop.sqlite3'}"

    @property
    def scratch(self) -> Path:
        """Where attempts work before their output is published."""
        return self.data.absolute() / "scratch"

    @property
    def objects(self) -> Path:
        """The local object store's folder."""
        return self.data.absolute() / "objects"

    @property
    def uploads(self) -> Path:
        """Where unfinished uploads gather, on the local store's own disk."""
        return self.data.absolute() / "uploads"


def names_of_settings() -> set[str]:
    """Return the variables that settings are read from."""
    return {f"PENNYDROP_{name.upper()}" for name in Settings.model_fields}
