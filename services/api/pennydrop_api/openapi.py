"""`python -m pennydrop_api.openapi`: the API's own description, the same bytes every time.

The web app's types are made from it, and a check compares it with what is committed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from pennydrop.settings import Settings
from pennydrop_api.errors import Problem

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_METHODS = frozenset({"get", "put", "post", "patch", "delete", "head", "options"})


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Say of every operation that its errors are problem documents, not the framework's own shapes."""
    components = document.setdefault("components", {}).setdefault("schemas", {})
    components["Problem"] = Problem.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        components.pop(unused, None)
    for path in document.get("paths", {}).values():
        for method, operation in path.items():
            if method not in _METHODS:
                continue
            answers = operation.setdefault("responses", {})
            answers.pop("422", None)
            answers["default"] = {
                "description": "What went wrong, in a sentence",
                "content": {"application/problem+json": {"schema": _PROBLEM}},
            }
    return document


def install(app: FastAPI) -> None:
    """Let the app describe itself so, at its own address too."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = with_problems(plain())
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def main() -> None:
    # Imported here: the application installs this module.
    from pennydrop_api.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), database_url="sqlite://", broker_url=""))
        json.dump(app.openapi(), sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
