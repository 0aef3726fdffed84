"""Figures in the Prometheus text format: of machines and work, never of people or films."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pennydrop.jobs.figures import QueueFigures

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[dict[str, str], float]


def exposition(
    *, alive: frozenset[str], services: Iterable[str], queues: Sequence[QueueFigures], disk_free: int
) -> str:
    """Return the whole text (https://prometheus.io/docs/instrumenting/exposition_formats/)."""
    up = [({"service": service}, float(service in alive)) for service in services]
    jobs = [
        ({"queue": str(one.queue), "state": str(state)}, float(count))
        for one in queues
        for state, count in one.jobs.items()
    ]
    waits = [({"queue": str(one.queue)}, one.waits_ms / 1000) for one in queues]
    return "".join(
        (
            _gauge("pennydrop_service_up", "Whether at least one process of the service lives.", up),
            _gauge("pennydrop_jobs", "Jobs in the ledger that aren't done.", jobs),
            _gauge("pennydrop_job_wait_seconds", "How long the oldest job that is due has waited.", waits),
            _gauge("pennydrop_disk_free_bytes", "Room where uploads arrive.", [({}, float(disk_free))]),
        )
    )


def _gauge(name: str, meaning: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
    for labels, value in samples:
        # Labels are words of ours: nothing in them wants escaping.
        inside = ",".join(f'{label}="{word}"' for label, word in labels.items())
        lines.append(f"{name}{{{inside}}} {value:.15g}" if inside else f"{name} {value:.15g}")
    return "\n".join(lines) + "\n"
