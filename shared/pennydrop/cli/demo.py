"""Setting up the demo school, and telling who can log in."""

from __future__ import annotations

from pennydrop import process
from pennydrop.db.migrate import upgrade
from pennydrop.demo.build import build, who_can_log_in
from pennydrop.settings import Settings


def set_up(settings: Settings) -> int:
    """Set up what is missing of the demo school; return the exit status."""
    process.end_with_parent()
    upgrade(settings.database)
    print("\n".join(["The demo school. These can log in:", *who_can_log_in(settings)]), flush=True)
    if build(settings, say=lambda words: print(words, flush=True)):
        return 0
    print("The demo's films aren't prepared yet. Are the services running? Then type pennydrop demo again.")
    return 1
