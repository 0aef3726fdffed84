"""The example dashboard asks only for figures that there are."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.api.client import Client

DASHBOARD = Path(__file__).parents[3] / "deploy" / "grafana.json"


def test_every_figure_of_the_dashboard_is_told(client: Client) -> None:
    asked = {
        name
        for panel in json.loads(DASHBOARD.read_text("utf-8"))["panels"]
        for target in panel["targets"]
        for name in re.findall(r"pennydrop_\w+", target["expr"])
    }
    client.get("/healthz")
    told = client.get("/metrics").text
    families = set(re.findall(r"^# TYPE (\w+) ", told, flags=re.MULTILINE))
    families |= {f"{name}_{end}" for name in families for end in ("bucket", "count")}
    assert asked <= families, asked - families
