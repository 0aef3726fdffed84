"""Which jobs the worker knows how to do."""

from __future__ import annotations

from pennydrop.jobs.kinds import Kind

KINDS: tuple[Kind, ...] = ()
