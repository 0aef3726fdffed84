"""What a PATCH says: only what was sent."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def sent(body: BaseModel, *, may_be_empty: set[str]) -> dict[str, Any]:
    """Return the fields that were sent; null counts as sent only where a field may be emptied."""
    fields = body.model_dump(exclude_unset=True)
    return {name: value for name, value in fields.items() if value is not None or name in may_be_empty}
