"""What every answer carries for safety, and which requests get none."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Callable[[], Awaitable[Message]], Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Nothing is loaded from elsewhere, no script or style stands inside a page, no other site can frame one.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's own pages have styles inside, one script that says whether facets are on, and ask for suggestions.
DATASETTE_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'; connect-src 'self'").replace(
    "script-src 'self'", "script-src 'self' 'sha256-fyi5q99UcdjzV8X7vfr/UYD4dsV4ViDDhotcy8GQ6PM='"
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def guarded(app: App, host: str, port: int) -> App:
    """Return an application that adds the headers to every answer of `app`.

    Where it listens on loopback it answers only requests that name it so: a site elsewhere whose name was pointed at
    this machine, to read through a visitor's browser, gets nothing.
    """
    names = {f"[{name}]" if ":" in name else name for name in (*LOOPBACK, host)}
    known = {name.encode() for name in names} | {f"{name}:{port}".encode() for name in names}

    async def guard(scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_headers(list(message.get("headers", ())))
            await send(message)

        is_foreign = scope["type"] == "http" and dict(scope["headers"]).get(b"host") not in known
        if is_foreign and host in LOOPBACK:
            await _refuse(send_guarded)
        else:
            await app(scope, receive, send_guarded)

    return guard


def _with_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    has_policy = any(name.lower() == b"content-security-policy" for name, _ in headers)
    policy = [] if has_policy else [(b"content-security-policy", DATASETTE_POLICY.encode())]
    return [*headers, *_HEADERS, *policy]


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": b"This server answers to the address that it listens on.\n"})
