"""`deploy/compose.yaml` and `deploy/Dockerfile`, read without Docker: what they name is there, and nothing
runs with more rights than it needs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE_TEXT = (ROOT / "deploy/compose.yaml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
MONITORING: dict[str, Any] = yaml.safe_load((ROOT / "deploy/compose.monitoring.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"] | MONITORING["services"]
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text().replace("\\\n", " ")
OURS = ("api", "transcoder", "worker")


def stage(name: str) -> str:
    """Return a stage of the Dockerfile with all that it is made from, the first line first."""
    stages = {
        match["name"]: (match["base"], match["body"])
        for match in re.finditer(
            r"^FROM (?P<base>\S+) AS (?P<name>\S+)\n(?P<body>(?:(?!^FROM ).*\n?)*)", DOCKERFILE, re.MULTILINE
        )
    }
    base, body = stages[name]
    return (stage(base) if base in stages else "") + body


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_nothing_has_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", ()))
    if name != "store":
        assert "cap_add" not in service


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_nothing_is_written_into_a_read_only_disk_at_its_start(name: str) -> None:
    """Docker copies a config or a secret that isn't a file into the container, and refuses that here."""
    for kind in ("configs", "secrets"):
        for given in SERVICES[name].get(kind, ()):
            source = given if isinstance(given, str) else given["source"]
            assert not {"content", "environment"} & set(COMPOSE[kind][source])


def test_only_the_web_server_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["web", "prometheus"]
    assert [name for name, one in SERVICES.items() if "outside" in one["networks"]] == ["web", "prometheus"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["prometheus"]["ports"])
    assert COMPOSE["networks"]["inside"]["internal"]


@pytest.mark.parametrize("name", sorted(name for name, one in SERVICES.items() if "build" not in one))
def test_foreign_images_are_pinned(name: str) -> None:
    """To the last of the numbers that it has: PostgreSQL and SeaweedFS have two."""
    numbers = 2 if name in ("database", "store") else 3
    assert re.search(r":v?\d+" + r"\.\d+" * (numbers - 1) + r"(-\w+)?$", SERVICES[name]["image"])


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_nothing_takes_all_memory(name: str) -> None:
    assert re.fullmatch(r"\d+[mg]", SERVICES[name]["mem_limit"])


def test_a_database_that_is_being_set_up_is_not_taken_for_one_that_is_ready() -> None:
    """While it is, a server listens on a socket alone, and ends again."""
    asked = SERVICES["database"]["healthcheck"]["test"]
    assert asked[asked.index("--host") + 1] == "127.0.0.1"
    assert asked[asked.index("--dbname") + 1] == SERVICES["database"]["environment"]["POSTGRES_DB"]


@pytest.mark.parametrize("service", [*OURS, "prepare"])
def test_an_example_of_one_machines_settings_does_no_harm(service: str) -> None:
    """Copied to deploy/pennydrop.env it sets a data folder, which is another one here."""
    example = (ROOT / "deploy/pennydrop.env.example").read_text()
    here = SERVICES[service]["environment"]
    assert "\nPENNYDROP_DATA=" in example
    assert here["PENNYDROP_DATA"] in SERVICES[service]["volumes"]
    if service == "api":
        assert here["PENNYDROP_HOST"] == "0.0.0.0"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_it_is_known_whether_each_lives(name: str) -> None:
    if name == "prepare":  # it ends
        return
    assert "healthcheck" in SERVICES[name] or "HEALTHCHECK" in stage(SERVICES[name]["build"]["target"])


@pytest.mark.parametrize("service", OURS)
def test_each_image_is_of_one_service(service: str) -> None:
    build = SERVICES[service]["build"]
    assert (build["target"], build["args"]["SERVICE"]) == (service, service)
    assert (ROOT / "deploy" / build["context"] / build["dockerfile"]).resolve() == ROOT / "deploy/Dockerfile"
    assert (ROOT / f"requirements/{service}.txt").is_file()
    assert f'CMD ["{service}"]' in stage(service)


@pytest.mark.parametrize("service", [*OURS, "prepare"])
def test_every_setting_can_be_given_to_each_service(service: str) -> None:
    assert SERVICES[service]["env_file"] == [{"path": "pennydrop.env", "required": False}]


def test_what_is_secret_is_never_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/deploy/.env", "/deploy/pennydrop.env", "/deploy/tls/", "/deploy/acme/"} <= set(ignored)


@pytest.mark.parametrize("service", OURS)
def test_no_image_runs_as_root(service: str) -> None:
    assert re.findall(r"^USER (\S+)$", stage(service), re.MULTILINE)[-1] == "10001:10001"


def test_only_images_that_open_films_have_ffmpeg() -> None:
    assert "ffmpeg" not in stage("api")
    assert " ffmpeg" in stage("transcoder")
    assert " ffmpeg" in stage("worker")
    assert "PENNYDROP_SANDBOX=required" in stage("transcoder")
    assert "PENNYDROP_SANDBOX=required" in stage("worker")


def test_whatever_has_to_be_filled_in_stands_in_the_example() -> None:
    asked_for = set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE_TEXT))
    example = (ROOT / "deploy/compose.env.example").read_text()
    assert set(re.findall(r"^#?([A-Z0-9_]+)=", example, re.MULTILINE)) == asked_for


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_files_that_are_mounted_are_there(name: str) -> None:
    for volume in SERVICES[name].get("volumes", ()):
        place = volume.split(":")[0]
        if place.startswith("./") and place not in ("./tls", "./acme"):
            # Of a single file the container would keep the version it began with, whatever is pulled.
            assert (ROOT / "deploy" / place).is_dir(), place


def test_images_are_built_from_files_that_the_build_is_given() -> None:
    given = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    for sources in re.findall(r"^COPY (?!--from)(?:--chmod=\d+ )?(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in sources.split():
            path = source.replace("${SERVICE}", "api")
            assert (ROOT / path).exists(), path
            assert any(path == kept or path.startswith(f"{kept}/") for kept in given), path


def test_a_new_certificate_is_put_where_nginx_reads_it() -> None:
    settings = (ROOT / "deploy/nginx/compose/nginx.conf").read_text()
    hook = (ROOT / "deploy/certificate-renewed").read_text()
    assert "./tls:/etc/nginx/tls:ro" in SERVICES["web"]["volumes"]
    for name in re.findall(r"/etc/nginx/tls/(\S+);", settings):
        assert f" tls/{name}\n" in hook
    assert " ".join(SERVICES["web"]["entrypoint"]) in hook


@pytest.mark.parametrize(
    "script", ["certificate-renewed", "seaweedfs/start.sh", "seaweedfs/keys.sh", "systemd/pennydrop"]
)
def test_scripts_can_be_started_and_understood(script: str) -> None:
    path = ROOT / "deploy" / script
    assert os.access(path, os.X_OK)
    subprocess.run(["/bin/sh", "-n", str(path)], check=True)
