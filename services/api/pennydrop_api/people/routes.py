"""People over HTTP, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from pennydrop_api.people import session_routes

router = APIRouter()
router.include_router(session_routes.router)
