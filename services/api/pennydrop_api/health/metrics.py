"""Figures in the Prometheus text format: of machines and work, never of people or films."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pennydrop.care.standing import Standing
from pennydrop.jobs.figures import FailureFigures, KindFigures, QueueFigures

MEDIA_TYPE = CONTENT_TYPE_LATEST

_UPLOADS = "/uploads/"
Watched = Literal["film", "clip"]


class Traffic:
    """What this process has answered since it started."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Histogram(
            "pennydrop_http_seconds",
            "Seconds until an answer began.",
            ("method", "route", "status"),
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10),
        )
        self._uploaded = Counter(
            "pennydrop_upload_bytes", "Bytes of films that arrived.", registry=self.registry
        )
        self._watched = Counter(
            "pennydrop_watch_starts",
            "Films and clips that somebody began to watch.",
            ("what",),
            registry=self.registry,
        )
        self._errors = Counter(
            "pennydrop_errors", "Answers that were a problem.", ("code", "status"), registry=self.registry
        )

    def answer(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer; `status` by its hundred."""
        self._answers.labels(method, route, f"{status // 100}xx").observe(seconds)

    def take(self, route: str, size: int) -> None:
        """Count what came in at a route; only bytes of uploads are films."""
        if size and _UPLOADS in route:
            self._uploaded.inc(size)

    def begin_watching(self, what: Watched) -> None:
        """Count that somebody began to watch, whoever and whatever it is."""
        self._watched.labels(what).inc()

    def refuse(self, code: str, status: int) -> None:
        """Count one problem by its code, of which there are as many as sentences."""
        self._errors.labels(code, str(status)).inc()


class _Now(Collector):
    """How services, queues and the disk are at this moment, by what the database says."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterator[Metric]:
        yield from self._families


def exposition(
    traffic: Traffic,
    *,
    alive: frozenset[str],
    services: Iterable[str],
    queues: Sequence[QueueFigures],
    kinds: Sequence[KindFigures],
    failures: Sequence[FailureFigures],
    disk_free: int,
    care: Standing,
) -> bytes:
    """Return the whole text (https://prometheus.io/docs/instrumenting/exposition_formats/)."""
    up = _gauge("pennydrop_service_up", "Whether at least one process of the service lives.", "service")
    for service in services:
        up.add_metric([service], float(service in alive))
    jobs = _gauge("pennydrop_jobs", "Jobs in the ledger that aren't done.", "queue", "state")
    waits = _gauge("pennydrop_job_wait_seconds", "How long the oldest job that is due has waited.", "queue")
    for queue in queues:
        waits.add_metric([str(queue.queue)], queue.waits_ms / 1000)
        for state, count in queue.jobs.items():
            jobs.add_metric([str(queue.queue), str(state)], float(count))
    ended = _gauge("pennydrop_jobs_ended_last_hour", "Jobs of the last hour that ended.", "kind", "state")
    lasted = _gauge("pennydrop_job_seconds_last_hour", "How long those took on average.", "kind", "state")
    longest = _gauge("pennydrop_job_seconds_last_hour_max", "How long the longest took.", "kind", "state")
    for one in kinds:
        labels = [one.kind, str(one.state)]
        ended.add_metric(labels, float(one.count))
        lasted.add_metric(labels, one.mean_ms / 1000)
        longest.add_metric(labels, one.longest_ms / 1000)
    failed = _gauge("pennydrop_job_errors_last_hour", "What stopped jobs of the last hour.", "kind", "code")
    for failure in failures:
        failed.add_metric([failure.kind, failure.code], float(failure.count))
    disk = _gauge("pennydrop_disk_free_bytes", "Room where films are kept.")
    disk.add_metric([], float(disk_free))
    now = CollectorRegistry()
    now.register(_Now([up, jobs, waits, ended, lasted, longest, failed, disk, *_of_care(care)]))
    return generate_latest(now) + generate_latest(traffic.registry)


def _of_care(care: Standing) -> Iterator[Metric]:
    """What was never done has no figure: an alarm asks for its absence, too."""
    backup = _gauge("pennydrop_backup_age_seconds", "Since the last whole backup.")
    scrub = _gauge("pennydrop_scrub_age_seconds", "Since all that is stored had been read once more.")
    for gauge, age in ((backup, care.backup_age), (scrub, care.scrub_age)):
        if age is not None:
            gauge.add_metric([], age.total_seconds())
        yield gauge
    faults = _gauge("pennydrop_scrub_faults", "Stored files that were found damaged or missing.")
    faults.add_metric([], float(care.scrub_faults))
    yield faults


def _gauge(name: str, meaning: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, labels=labels)
