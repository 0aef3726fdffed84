import pytest

from pennydrop.media import sandbox
from pennydrop.media.failures import MediaFailure
from pennydrop.media.sandbox import SandboxLevel, SandboxReport, demand_fence


def test_where_the_kernel_cannot_fence_films_in_a_required_sandbox_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bare = SandboxReport(SandboxLevel(), ("The kernel has no Landlock.",))
    monkeypatch.setattr(sandbox, "sandbox_report", lambda: bare)
    with pytest.raises(MediaFailure) as refusal:
        demand_fence()
    assert "The kernel has no Landlock." in refusal.value.detail


def test_a_machine_that_fences_films_in_is_content(monkeypatch: pytest.MonkeyPatch) -> None:
    fenced = SandboxReport(SandboxLevel(landlock=3, seccomp=True), ())
    monkeypatch.setattr(sandbox, "sandbox_report", lambda: fenced)
    demand_fence()
