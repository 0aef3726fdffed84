"""Spans: nothing where nobody asked for them, and never a word about a person or a film."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from pennydrop import traces
from pennydrop.errors import Conflict
from pennydrop.settings import Settings
from tests.support.collector import Collector, a_collector
from tests.support.house import free_port


@pytest.fixture
def collector() -> Iterator[Collector]:
    with a_collector() as running:
        traces.start("tests", running.endpoint)
        yield running
        traces.stop()


@pytest.mark.parametrize("service", ["pennydrop_api", "pennydrop_transcoder", "pennydrop_worker"])
def test_nothing_is_loaded_where_no_collector_is_named(service: str) -> None:
    code = (
        f"import sys, {service}.__main__, {service}.app\n"
        "from pennydrop import traces\n"
        "traces.start('x', '')\n"
        "with traces.span('a'), traces.child('b'): assert traces.carried() is None; traces.note(x=1)\n"
        "traces.stop()\n"
        "assert not any(n.startswith(('opentelemetry.sdk', 'opentelemetry.exporter')) for n in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_span_elsewhere_goes_on_below_the_one_that_asked(collector: Collector) -> None:
    with traces.span("request", kind="server"):
        carried = traces.carried()
    with traces.span("job", kind="consumer", parent=carried, attempt=2):
        traces.note(film_ms=2_700_000)
        with traces.child("ffmpeg"):
            pass
    traces.stop()
    (request,), (job,), (child,) = map(collector.named, ("request", "job", "ffmpeg"))
    assert request.trace == job.trace == child.trace
    assert (request.parent, job.parent, child.parent) == ("", request.id, job.id)
    assert job.attributes == {"pennydrop.attempt": 2, "pennydrop.film_ms": 2_700_000}
    assert child.attributes == {"pennydrop.film_ms": 2_700_000}
    assert job.service == "pennydrop-tests"


def test_what_failed_is_told_by_its_code_and_not_by_its_sentence(collector: Collector) -> None:
    class FilmBusy(Conflict):
        def __init__(self) -> None:
            super().__init__("“Guided reading with Dylan” is still being prepared.")

    for error in (FilmBusy(), RuntimeError("Dylan")):
        with pytest.raises(type(error)), traces.span("job"):
            raise error
    traces.stop()
    assert [span.failed for span in collector.named("job")] == ["film_busy", "RuntimeError"]
    assert [span.events for span in collector.spans] == [0, 0]


@pytest.mark.parametrize("odd", ["", "nonsense", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "00-1-2-3"])
def test_an_odd_place_to_go_on_from_is_a_new_beginning(collector: Collector, odd: str) -> None:
    with traces.span("job", parent=odd):
        pass
    traces.stop()
    assert [span.parent for span in collector.named("job")] == [""]


def test_a_collector_that_is_away_keeps_nobody_waiting() -> None:
    traces.start("tests", f"http://127.0.0.1:{free_port()}")
    assert traces.is_on()
    with traces.span("request"):
        assert traces.carried()
    traces.stop()
    assert not traces.is_on()


@pytest.mark.parametrize("variable", ["PENNYDROP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"])
def test_ours_or_the_usual_variable_names_the_collector(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "http://collector.test:4318")
    assert Settings().traces_endpoint == "http://collector.test:4318"
    assert Settings(traces_endpoint="http://here:1").traces_endpoint == "http://here:1"
