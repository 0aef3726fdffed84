"""The addresses among the settings: what each has to look like. Who gets one wrong is told how to write it.

What is said never repeats the address: there may be a password in it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_DATABASES = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
_POSTGRESQL = ("postgres", "postgresql")
_BROKERS = ("redis", "rediss", "redis+socket", "amqp", "amqps")
_HOST_AND_PORT = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?")


def web_address(value: str) -> str:
    """Return the address people type, or nothing. Raises `ValueError`."""
    parts = urlsplit(value)
    if value and (parts.scheme not in ("https", "http") or not parts.hostname):
        raise ValueError(
            "Write the whole address with https:// before it, as in https://pennydrop.oak.sch.uk"
        )
    _demand_port(value)
    return value


def database_address(value: str) -> str:
    """Return SQLAlchemy's URL of a database that Pennydrop can use, or nothing. Raises `ValueError`."""
    if not value:
        return value
    kind = value.partition("://")[0]
    if kind in _POSTGRESQL:
        raise ValueError(f"Write postgresql+psycopg:// instead of {kind}://")
    if kind not in _DATABASES:
        raise ValueError(
            "Write postgresql+psycopg://USER:PASSWORD@HOST/NAME or sqlite:////FOLDER/FILE, "
            "or nothing for SQLite in the data folder"
        )
    # It takes a while to load: not for those who set nothing. It knows better than `urlsplit` what a
    # password may hold.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(value)
    except (ArgumentError, ValueError):
        raise ValueError("Write it as postgresql+psycopg://USER:PASSWORD@HOST:5432/NAME") from None
    return value


def broker_address(value: str) -> str:
    """Return the address of a broker that Pennydrop can use, or nothing. Raises `ValueError`."""
    if value and value.partition("://")[0] not in _BROKERS:
        raise ValueError("Write redis://HOST:6379/0, or nothing for a folder in the data folder")
    _demand_port(value)
    return value


def bucket_host(value: str) -> str:
    """Return the host of an S3 server, with its port if it has one, or nothing. Raises `ValueError`."""
    found = _HOST_AND_PORT.fullmatch(value)
    if value and (found is None or int(found["port"] or 0) > 65535):
        raise ValueError(
            "Write the host and its port without https:// and without a path, as in s3.example.org:9000. "
            "PENNYDROP_S3_SECURE says whether it is https"
        )
    return value


def _demand_port(value: str) -> None:
    try:
        _ = urlsplit(value).port
    except ValueError:
        raise ValueError("The port has to be a number up to 65535") from None
