"""The store of `deploy/compose.yaml` is opened by the key in `deploy/.env`, and by no other."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

KEYS = Path(__file__).parents[2] / "deploy/seaweedfs/keys.sh"


def keys_of(secret: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(KEYS)], env={"STORE_SECRET_KEY": secret}, capture_output=True, text=True
    )


def test_pennydrop_may_use_it_and_nobody_else() -> None:
    (somebody,) = json.loads(keys_of("abc123XYZ").stdout)["identities"]
    assert somebody["credentials"] == [{"accessKey": "pennydrop", "secretKey": "abc123XYZ"}]


@pytest.mark.parametrize("secret", ["", 'a"b', "a\\b", "a b", "a\nb", "ü"])
def test_a_key_that_could_say_more_than_itself_is_refused(secret: str) -> None:
    refused = keys_of(secret)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "openssl rand" in refused.stderr
