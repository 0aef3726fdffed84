"""The demo school's lead has been at work in the library."""

from __future__ import annotations

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.demo.accounts import find_accounts
from pennydrop.demo.build import open_accounts
from pennydrop.demo.curated import COPIED, curate
from pennydrop.library.find import count_drafts, get_library_step, stand_in
from pennydrop.settings import Settings


def test_there_is_a_draft_and_a_step_in_the_schools_own_words_and_only_once(
    settings: Settings, database: SessionMaker
) -> None:
    open_accounts(database, settings)
    for _ in range(2):
        with transaction(database) as session:
            curate(session, find_accounts(session)["lead"])
    with transaction(database) as session:
        accounts = find_accounts(session)
        assert count_drafts(session, Viewer.of(accounts["lead"])) == 1
        aisha = Viewer.of(accounts["ta"])
        own = stand_in(session, aisha, get_library_step(session, aisha, COPIED))
        assert own is not None
        assert "at the classroom door" in own.action
