"""What is mine alone: my password and my tokens."""

from __future__ import annotations

from fastapi import Request

from pennydrop.people import tokens
from pennydrop.people.edit import change_password as change
from pennydrop_api import routing
from pennydrop_api.deps import SESSION_COOKIE, PartsDep, SessionDep, ViewerApartDep, ViewerDep
from pennydrop_api.people.cookie import address_of
from pennydrop_api.people.schemas import MadeToken, NewToken, PasswordChange, Token, Tokens

router = routing.router(tags=["people"])


@router.post("/me/password", status_code=204)
def change_password(new: PasswordChange, request: Request, parts: PartsDep, viewer: ViewerApartDep) -> None:
    """Set a new password. Every other browser is logged out; tokens go on until they are removed."""
    change(
        parts.readers,
        parts.writers,
        viewer,
        present=new.present,
        new=new.new,
        address=address_of(request),
        keep_session=request.cookies.get(SESSION_COOKIE),
    )


@router.get("/me/tokens")
def list_my_tokens(session: SessionDep, viewer: ViewerDep) -> Tokens:
    return Tokens(items=[Token.of(token) for token in tokens.my_tokens(session, viewer)])


@router.post("/me/tokens", status_code=201)
def make_token(new: NewToken, session: SessionDep, viewer: ViewerDep) -> MadeToken:
    """Make a token for a script of mine. Its secret is shown this once."""
    token, secret = tokens.make_my_token(session, viewer, name=new.name)
    return MadeToken(**Token.of(token).model_dump(), token=secret)


@router.delete("/me/tokens/{token_id}", status_code=204)
def revoke_token(token_id: str, session: SessionDep, viewer: ViewerDep) -> None:
    tokens.revoke_token(session, viewer, token_id=token_id)
