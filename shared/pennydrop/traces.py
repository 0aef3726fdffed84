"""Traces: where the time goes between a request, the job it asked for and the child that opens the film.

They are sent by OTLP over HTTP to the collector that the settings name. Without one nothing is loaded, and a
span costs a look at a variable. No span says whose film it is, what it is called or what is in it: ids of
jobs, numbers of requests, kinds, lengths and sizes only.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from pennydrop.errors import Unavailable

if TYPE_CHECKING:
    from opentelemetry import trace as api
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider

Value = str | int | float
Kind = Literal["server", "consumer", "internal"]

TRACE = "trace"
"""The key of a job's payload under which the span that asked for it stands, as W3C writes it."""

FILM_MS = "pennydrop.film_ms"

# A service that stops doesn't wait longer for a collector.
_FLUSH_MS = 1500
# https://www.w3.org/TR/trace-context/#traceparent-header
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")

_provider: TracerProvider | None = None
_tracer: api.Tracer | None = None


class TracesNotInstalled(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "Traces are to be sent (PENNYDROP_TRACES_ENDPOINT), but what sends them isn't installed. "
            "Type: pip install 'pennydrop[traces]'"
        )


class Span:
    """One stretch of work; without a collector, nothing at all."""

    def __init__(self, span: api.Span | None) -> None:
        self._span = span

    def note(self, **attributes: Value) -> None:
        """Add what is known by now; names are put under `pennydrop.`."""
        if self._span is not None:
            for name, value in attributes.items():
                self._span.set_attribute(f"pennydrop.{name}", value)

    def rename(self, name: str) -> None:
        if self._span is not None:
            self._span.update_name(name)

    def fail(self, code: str) -> None:
        """Say that it failed and by which code: sentences name films and people."""
        if self._span is not None:
            from opentelemetry.trace import Status, StatusCode

            self._span.set_status(Status(StatusCode.ERROR, code))

    def end(self) -> None:
        """End it before its block does; what comes after is not counted."""
        if self._span is not None:
            self._span.end()
            self._span = None


_NOTHING = Span(None)


def start(service: str, endpoint: str) -> None:
    """Send this process's spans to the collector at `endpoint` from now on; empty: nowhere.

    Raises `TracesNotInstalled`.
    """
    global _provider, _tracer
    if not endpoint:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise TracesNotInstalled from error
    # A collector that is away is its own trouble: not a line for each batch.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    _provider = TracerProvider(resource=Resource.create({"service.name": f"pennydrop-{service}"}))
    _provider.add_span_processor(
        BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=5))
    )
    _tracer = _provider.get_tracer("pennydrop")


def stop() -> None:
    """Send what hasn't been sent, for a second or two, and send nothing from now on."""
    global _provider, _tracer
    provider, _provider, _tracer = _provider, None, None
    if provider is not None:
        provider.force_flush(_FLUSH_MS)


def is_on() -> bool:
    return _tracer is not None


@contextmanager
def span(
    name: str, *, kind: Kind = "internal", parent: str | None = None, **attributes: Value
) -> Iterator[Span]:
    """Trace the block: below the span around it, or below `parent` as `carried` wrote it down."""
    if _tracer is None:
        yield _NOTHING
        return
    from opentelemetry import context, trace

    kinds = {
        "server": trace.SpanKind.SERVER,
        "consumer": trace.SpanKind.CONSUMER,
        "internal": trace.SpanKind.INTERNAL,
    }
    begun = _tracer.start_span(name, context=_below(parent), kind=kinds[kind])
    token = context.attach(trace.set_span_in_context(begun))
    one = Span(begun)
    one.note(**attributes)
    try:
        yield one
    except BaseException as error:
        one.fail(str(getattr(error, "code", "") or type(error).__name__))
        raise
    finally:
        context.detach(token)
        one.end()


@contextmanager
def child(name: str) -> Iterator[Span]:
    """Trace the block as a child process that opens a film, as long as the span around it says."""
    length = _around(FILM_MS)
    with span(name) as one:
        if length is not None:
            one.note(film_ms=length)
        yield one


def note(**attributes: Value) -> None:
    """Add to the span around what is known by now, if there is one."""
    if _tracer is not None:
        from opentelemetry import trace

        Span(trace.get_current_span()).note(**attributes)


def carried() -> str | None:
    """Return the span around in words that a job's payload can hold, or None."""
    if _tracer is None:
        return None
    from opentelemetry import trace

    place = trace.get_current_span().get_span_context()
    if not place.is_valid:
        return None
    return f"00-{place.trace_id:032x}-{place.span_id:016x}-{place.trace_flags:02x}"


def _below(parent: str | None) -> Context | None:
    """Return the place of a span elsewhere; None: the span around, if any."""
    found = _TRACEPARENT.fullmatch(parent or "")
    if found is None:
        return None
    from opentelemetry import trace

    trace_id, span_id, flags = (int(digits, 16) for digits in found.groups())
    place = trace.SpanContext(trace_id, span_id, is_remote=True, trace_flags=trace.TraceFlags(flags))
    return trace.set_span_in_context(trace.NonRecordingSpan(place))


def _around(attribute: str) -> Value | None:
    """Return what the span around says of itself."""
    if _tracer is None:
        return None
    from opentelemetry import trace

    value = (getattr(trace.get_current_span(), "attributes", None) or {}).get(attribute)
    return value if isinstance(value, (int, float, str)) else None
