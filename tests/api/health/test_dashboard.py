"""The example dashboard and the alerts ask only for figures that there are, and count none of them twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.api.client import Client

DEPLOY = Path(__file__).parents[3] / "deploy"
ALERTS = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
# What each API counts of its own; all other figures are the same at each of them.
OF_ONE_PROCESS = ("http_seconds", "upload_bytes", "watch_starts", "errors_total")


def asked_by(place: str) -> list[str]:
    """Return the questions of the dashboard or of the alerts."""
    if place == "alerts":
        return [rule["expr"] for rule in ALERTS]
    panels = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


@pytest.mark.parametrize("place", ["dashboard", "alerts"])
def test_every_figure_is_told(place: str, client: Client) -> None:
    asked = {name for question in asked_by(place) for name in re.findall(r"pennydrop_\w+", question)}
    client.get("/healthz")
    told = client.get("/metrics").text
    families = set(re.findall(r"^# TYPE (\w+) ", told, flags=re.MULTILINE))
    families |= {f"{name}_{end}" for name in families for end in ("bucket", "count")}
    assert asked <= families, asked - families


@pytest.mark.parametrize("place", ["dashboard", "alerts"])
def test_what_all_apis_say_alike_is_never_added_up(place: str) -> None:
    for question in asked_by(place):
        for how, name in re.findall(
            r"(\w+)(?: by \([\w, ]+\) ?)?\((?:rate\(|increase\()?pennydrop_(\w+)", question
        ):
            if not name.startswith(OF_ONE_PROCESS):
                assert how in ("max", "min", "absent"), question


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_is_amiss_and_what_to_do(rule: dict[str, dict[str, str]]) -> None:
    assert rule["annotations"]["summary"].endswith(".")
    assert len(rule["annotations"]["description"].split()) > 8
    assert rule["labels"]["severity"] in ("warning", "critical")
