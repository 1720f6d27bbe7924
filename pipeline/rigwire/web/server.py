"""The server: Datasette with its settings, and uvicorn, which answers one machine unless told otherwise."""

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from rigwire.errors import UsageError
from rigwire.page import STATIC
from rigwire.web import plugin
from rigwire.web.guard import guarded
from rigwire.web.questions import canned_queries

SHORTEST_TOKEN = 16
_FOLDER = Path(__file__).parent
_SETTINGS = {
    "allow_download": False,
    "default_cache_ttl": 0,  # a correction is seen at once
    "sql_time_limit_ms": 3000,
    "suggest_facets": False,
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Return the address for a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def serve(db: Path, token: str, address: Address, announce: Callable[[str], None]) -> None:
    """Serve the database, read-only but for corrections by who knows the token, until SIGINT or SIGTERM.

    `announce` is called with the URL once the server listens; port 0 is any free one. Raises `UsageError` for an
    address that can't be had, and for a token too short to be a secret.
    """
    with _listen(address) as listening:
        address = Address(address.host, listening.getsockname()[1])
        app = make_app(db, token, address)
        config = uvicorn.Config(app, log_level="warning", lifespan="on", server_header=False)
        announce(address.url)
        uvicorn.Server(config).run(sockets=[listening])


def make_app(db: Path, token: str, address: Address) -> Any:
    """Return the ASGI application that `serve` serves."""
    if len(token) < SHORTEST_TOKEN:
        raise UsageError(f"the token has {len(token)} characters, but needs {SHORTEST_TOKEN} to be hard to guess")
    _register()
    tables = {"_sqlite_migrations": {"hidden": True}}
    metadata = {"title": "rigwire", "databases": {plugin.DATABASE: {"queries": canned_queries(), "tables": tables}}}
    datasette = Datasette(
        [],
        metadata=metadata,
        settings=_SETTINGS,
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("assets", str(_FOLDER / "static")), ("article-assets", str(STATIC))],
        secret=secrets.token_hex(32),
    )
    datasette.remove_database("_memory")
    datasette.add_database(Database(datasette, path=str(db), is_mutable=True), name=plugin.DATABASE)
    datasette.rigwire = plugin.Site(db, token)
    return guarded(datasette.app(), address.host, address.port)


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"can't listen on {address.url}: {reason}; choose another --host or --port") from error


def _register() -> None:
    """Put the pages into Datasette, in place of its error page, which prints stack traces; once a process."""
    if not pm.has_plugin(plugin.__name__):
        pm.unregister(name="datasette.handle_exception")
        pm.register(plugin, name=plugin.__name__)
