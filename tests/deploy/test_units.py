"""The units in `deploy/systemd` are fenced in alike, and systemd understands them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from pennydrop.cli.main import app
from pennydrop.media.lockdown import FORBIDDEN

UNITS = Path(__file__).parents[2] / "deploy/systemd"
SERVICES = sorted(UNITS.glob("*.service"))
TIMERS = sorted(UNITS.glob("*.timer"))
COMMAND = UNITS / "pennydrop"
SERVICE_NAMES = ("api", "transcoder", "worker")
FENCE = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "CapabilityBoundingSet": "",
    "PrivateTmp": "yes",
}
# What the fence around a child asks of the kernel, which no group of systemd 252 holds.
CHILDS_OWN = {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"}


def lines(unit: Path) -> dict[str, str]:
    return dict(re.findall(r"^(\w+)=(.*)$", unit.read_text(), re.MULTILINE))


def test_there_are_services_for_one_machine_and_for_many_and_two_timers() -> None:
    assert {unit.stem for unit in SERVICES} == {
        "pennydrop",
        "pennydrop@",
        "pennydrop-backup",
        "pennydrop-scrub",
    }
    assert [unit.stem for unit in TIMERS] == ["pennydrop-backup", "pennydrop-scrub"]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_is_nobody_special(unit: Path) -> None:
    said = lines(unit)
    assert said.items() >= FENCE.items()
    assert (said["User"], said["EnvironmentFile"]) == ("pennydrop", "/etc/pennydrop.env")
    assert set(said["SystemCallFilter"].split()) >= CHILDS_OWN
    # A child that leaves its network needs these two, and its own fence forbids it all namespaces after that.
    assert said["RestrictNamespaces"] == "user net"
    assert {"unshare", "setns"} <= set(FORBIDDEN)


def test_all_services_have_the_same_fence() -> None:
    own = {"Description", "ExecStart", "ReadWritePaths"}
    fences = []
    for unit in SERVICES:
        text = unit.read_text()
        fences.append(text[text.index("# What it may touch") : text.index("SystemCallErrorNumber")])
        assert own <= set(lines(unit))
    assert len(set(fences)) == 1


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_waits_for_the_disks_that_it_writes_to(unit: Path) -> None:
    said = lines(unit)
    assert said["RequiresMountsFor"] == said["ReadWritePaths"]


@pytest.mark.parametrize("name", ["pennydrop", "pennydrop@"])
def test_a_film_that_takes_too_much_memory_stops_no_service(name: str) -> None:
    assert lines(UNITS / f"{name}.service")["OOMPolicy"] == "continue"


def test_what_a_technician_types_runs_as_the_services_do() -> None:
    command = COMMAND.read_text()
    of_the_unit = lines(UNITS / "pennydrop.service")
    asked = dict(re.findall(r"--property=(\w+)=(\S+)", command))
    assert {"User", "Group", "EnvironmentFile", "UMask"} <= set(asked)
    assert asked.items() <= of_the_unit.items()
    assert f'{of_the_unit["ExecStart"].split()[0]} "$@"' in command


@pytest.mark.skipif(shutil.which("systemd-run") is None, reason="systemd-run isn't installed")
def test_the_command_asks_systemd_for_what_it_knows() -> None:
    known = subprocess.run(["systemd-run", "--help"], capture_output=True, text=True, check=True).stdout
    for option in re.findall(r"\s(--[a-z]+)", COMMAND.read_text()):
        assert re.search(rf"\s{option}\b", known), option


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root may become somebody else.")
def test_whoever_is_not_root_is_told_what_to_type() -> None:
    said = subprocess.run(
        ["/bin/sh", "-s", "doctor"], input=COMMAND.read_text(), capture_output=True, text=True, user="nobody"
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert "sudo pennydrop doctor" in said.stderr


def typed_by(unit: Path) -> list[list[str]]:
    words = lines(unit)["ExecStart"].split()[1:]
    if "%i" not in words:
        return [words]
    return [[service if word == "%i" else word for word in words] for service in SERVICE_NAMES]


@pytest.mark.parametrize(
    "words", [words for unit in SERVICES for words in typed_by(unit)], ids=lambda words: " ".join(words)
)
def test_what_a_service_types_is_a_command(words: list[str]) -> None:
    command = get_command(app).commands[words[0]]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze isn't installed")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Programs and folders are those of another machine, so that they are there is not asked."""
    for unit in (*SERVICES, *TIMERS):
        text = unit.read_text().replace("/opt/pennydrop/.venv/bin/pennydrop", "/bin/true")
        name = unit.name.replace("@", "@api")
        (tmp_path / name).write_text(text)
    paths = sorted(map(str, tmp_path.iterdir()))
    said = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True)
    complaints = [line for line in said.stderr.splitlines() if "pennydrop" in line]
    assert (said.returncode, complaints) == (0, []), said.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze isn't installed")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_systemd_calls_the_exposure_low(unit: Path) -> None:
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(unit)],
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout[-300:]
