"""The starter library: steps for teaching assistants, in the files beside this one (CC0)."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy.orm import Session

from pennydrop.library.documents import Document
from pennydrop.library.load import LibraryUnreadable, LoadReport, load


def starter_documents() -> list[Document]:
    """Return the files of the starter library in their order."""
    beside = sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
    return [Document(entry.name, entry.read_bytes()) for entry in beside if entry.name.endswith(".yaml")]


def load_starter(session: Session, organisation_id: str) -> LoadReport:
    """Bring the starter library into an organisation's; doing it again changes nothing."""
    report = load(session, organisation_id, starter_documents())
    if report.problems:
        raise LibraryUnreadable(report.problems)
    return report
