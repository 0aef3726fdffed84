"""People over HTTP, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from pennydrop_api.people import invitation_routes, my_routes, people_routes, session_routes

router = APIRouter()
for area in (session_routes, my_routes, people_routes, invitation_routes):
    router.include_router(area.router)
