"""The tables of `docs/capacity.md`, written from what was measured and assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from benchmarks.capacity.assumptions import SCENARIOS, Assumptions
from benchmarks.capacity.measure import Run
from benchmarks.capacity.needs import Needs, hour_of_film, needs

PAGE = Path(__file__).parents[2] / "docs/capacity.md"
BEGIN, END = "<!-- {name}: written by python -m benchmarks.capacity --page -->", "<!-- end of {name} -->"


def written(page: str, run: Run, assumed: Assumptions) -> str:
    """Return the page with its tables anew. Raises `ValueError` where a table's place is missing."""
    for name, table in tables(run, assumed).items():
        begin, end = BEGIN.format(name=name), END.format(name=name)
        before, found, rest = page.partition(begin)
        _, also_found, after = rest.partition(end)
        if not found or not also_found:
            raise ValueError(f"the page has no place for the table “{name}”")
        page = f"{before}{begin}\n\n{table}\n\n{end}{after}"
    return page


def tables(run: Run, assumed: Assumptions) -> dict[str, str]:
    return {"cost": _cost(run, assumed), "needs": _needs(run, assumed), "assumptions": _assumptions(assumed)}


def _cost(run: Run, assumed: Assumptions) -> str:
    measured, hour = run.measured, hour_of_film(run.measured, assumed)
    rows = [
        ("receiving it", f"{hour.receive_cpu_s:.1f} s"),
        ("first look, until it can be watched", f"{measured.look_cpu_s:.1f} s"),
        ("copies in 720p and 360p, read back", f"{measured.copies_cpu_s:,.0f} s"),
        ("storyboard, waveform, map of speech", f"{measured.extras_cpu_s:.1f} s"),
        ("sha256 of what is stored", f"{measured.proof_cpu_s:.1f} s"),
        (f"a clip of {assumed.clip_seconds:.0f} s", f"{measured.clip_cpu_s:.2f} s"),
        ("**processor time, clips included**", f"**{hour.cpu_s:,.0f} s of one core**"),
        (f"the original, at {assumed.source_mbit_s} Mbit/s", data(hour.original_bytes)),
        ("720p", data(measured.copy_720p_bytes)),
        ("360p", data(measured.copy_360p_bytes)),
        ("storyboard, waveform, frame table and the like", data(measured.beside_bytes)),
        ("clips", data(hour.clips_bytes)),
        ("**stored**", f"**{data(hour.stored_bytes)}**"),
        ("**served**", f"**{data(hour.served_bytes)}**"),
        ("one JSON answer", f"{1000 * measured.request_cpu_s:.1f} ms of one core"),
    ]
    where = (
        f"Measured on {run.day} with {run.film_seconds} s of generated film, ten times as much for what is "
        f"quick, on {run.machine}, shared with other work (load {run.load})."
    )
    return f"{where}\n\n{_table(('an hour of a lesson', 'costs'), rows)}"


def _needs(run: Run, assumed: Assumptions) -> str:
    found = [needs(scenario, run.measured, assumed) for scenario in SCENARIOS]
    heads = ("", *(f"{one.name}: {one.assistants:,} teaching assistants" for one in SCENARIOS))

    def row(name: str, of: Sequence[str]) -> tuple[str, ...]:
        return (name, *of)

    def each(write: object) -> list[str]:
        assert callable(write)
        return [write(one) for one in found]

    rows = [
        row("film a week", each(lambda n: f"{n.film_hours_a_week:,.0f} h")),
        row("processor time a week", each(lambda n: f"{n.cpu_hours_a_week:,.0f} h of one core")),
        row("cores for copies on the busiest day", each(lambda n: cores(n.transcoding_cores))),
        row("cores for the API in the busiest hour", each(lambda n: cores(n.api_cores))),
        row(f"machines with {assumed.machine_cores} cores", each(_machines)),
        row("films after a year, without backups", each(lambda n: data(n.stored_bytes))),
        row("served in a week", each(lambda n: data(n.served_bytes_a_week))),
        row("arriving in the busiest hour", each(lambda n: speed(n.arriving_mbit_s))),
        row("served in the busiest hour", each(lambda n: speed(n.served_mbit_s))),
    ]
    return _table(heads, rows)


def _assumptions(assumed: Assumptions) -> str:
    rows = [(field.name.replace("_", " "), f"{getattr(assumed, field.name):g}") for field in fields(assumed)]
    return _table(("assumed", "number"), rows)


def _machines(one: Needs) -> str:
    return f"{one.machines:,}" if one.transcoding_cores + one.api_cores > 2 else "a corner of one"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def data(size: float) -> str:
    """Write bytes as people read them, in powers of a thousand."""
    for unit in ("KB", "MB", "GB", "TB"):
        size /= 1000
        if size < 999.5:
            return f"{size:.3g} {unit}"
    return f"{size / 1000:,.3g} PB"


def cores(number: float) -> str:
    return f"{number:,.2g}" if number < 10 else f"{number:,.0f}"


def speed(mbit_s: float) -> str:
    return f"{mbit_s / 1000:,.3g} Gbit/s" if mbit_s >= 1000 else f"{mbit_s:,.3g} Mbit/s"
