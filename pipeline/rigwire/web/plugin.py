"""The pages inside Datasette: their addresses, what they are given, and what comes of an error."""

import asyncio
import hmac
import logging
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Response
from markupsafe import Markup
from sqlite_utils import Database

from rigwire.errors import RigwireError, UsageError
from rigwire.page import tag
from rigwire.store import Store, open_database
from rigwire.web.articles import article_page, event_page
from rigwire.web.asking import Asked, NoSuchPageError, PageFunction, Shown
from rigwire.web.companies import companies_page, company_page
from rigwire.web.correcting import correction_page, make_corrections
from rigwire.web.front import front_page
from rigwire.web.guard import POLICY
from rigwire.web.places import map_page
from rigwire.web.questions import questions_page
from rigwire.web.search import search_page
from rigwire.web.stories import list_page, story_page
from rigwire.web.words import FILTERS, address

_log = logging.getLogger(__name__)

TIME_LIMIT = 10_000  # milliseconds for the queries of one page
DATABASE = "rigwire"  # what Datasette calls it; the templates lead there
EDITOR = "editor"
_PAGE_OF_COLUMN = {
    "article_id": "articles", "event_id": "events", "lead_event_id": "events", "story_id": "stories",
    "company_id": "companies", "counterparty_id": "companies",
}  # fmt: skip
_PAGES: dict[str, PageFunction] = {
    r"/$": front_page,
    r"/map$": map_page,
    r"/stories$": list_page,
    r"/stories/(?P<story>\d{1,15})$": story_page,
    r"/articles/(?P<article>\d{1,15})$": article_page,
    r"/events/(?P<event>\d{1,15})$": event_page,
    r"/companies$": companies_page,
    r"/companies/(?P<company>\d{1,15})$": company_page,
    r"/search$": search_page,
    r"/questions$": questions_page,
}


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages need beside the request: the file that corrections go to, and the token that allows them."""

    db: Path
    token: str


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Return the addresses; they come before Datasette's own."""
    pages = [(route, _view(function)) for route, function in _PAGES.items()]
    return [*pages, (r"/correct/(?P<key>[0-9a-f]{16})$", _correct), (r"/sign-in$", _sign_in)]


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Add the filters of the templates."""
    env.filters.update(FILTERS)
    env.globals["address"] = address


@hookimpl
def render_cell(column: str, value: Any) -> Any:
    """Make the numbers of rows that have a page links to it, in every table and answer."""
    if not isinstance(value, int) or column not in _PAGE_OF_COLUMN:
        return None
    return Markup(tag("a", str(value), href=f"/{_PAGE_OF_COLUMN[column]}/{value}"))


@hookimpl
def extra_template_vars(request: Any) -> dict[str, Any]:
    """Return what every page shows: where it is, and whether corrections are allowed."""
    return {"path": request.path if request else "", "may_correct": _may_correct(request)}


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Show any error as a page, or as JSON to programs; what went wrong inside stays off it."""
    status = getattr(exception, "status", 500)
    message = str(exception) if status < 500 else "This page can't be shown; the server's log says why."
    if status >= 500:
        _log.error("%s: %s: %s", request.path, type(exception).__name__, exception)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)

    async def show() -> Any:
        return await _render(datasette, request, "error.html", {"status": status, "error": message}, status)

    return show()


def _view(function: PageFunction) -> Any:
    """Return the Datasette view of a page, which reads the database in one of its threads."""

    async def view(request: Any, datasette: Any) -> Any:
        asked = _asked(request)
        return await _answer(
            datasette,
            request,
            lambda: datasette.get_database(DATABASE).execute_fn(
                lambda connection: _read(function, connection, asked, datasette.rigwire.db)
            ),
        )

    return view


def _read(function: PageFunction, connection: sqlite3.Connection, asked: Asked, path: Path) -> Shown:
    store = Store(path, Database(connection, execute_plugins=False), readonly=True)
    with sqlite_timelimit(connection, TIME_LIMIT):
        return function(store, asked)


async def _correct(request: Any, datasette: Any) -> Any:
    """Show the form of an event, or store what it changes; without the token lead to where it is given."""
    if not _may_correct(request):
        return _redirect(address("/sign-in", next=request.path))
    if request.method != "POST":
        return await _view(correction_page)(request, datasette)
    form = await request.post_vars()
    key = request.url_vars["key"]

    def store_it() -> Shown:
        with open_database(datasette.rigwire.db) as store:
            return make_corrections(store, key, form, datetime.now(UTC))

    return await _answer(datasette, request, lambda: asyncio.to_thread(store_it))


async def _sign_in(request: Any, datasette: Any) -> Any:
    """Show the form for the token, or take it and remember in a signed cookie that it was right."""
    wanted = next((text for text in [request.args.get("next") or ""] if text.startswith("/correct/")), "/")
    if request.method != "POST":
        return await _render(datasette, request, "sign_in.html", {"is_wrong": False})
    form = await request.post_vars()
    if not hmac.compare_digest(form.get("token", "").strip().encode(), datasette.rigwire.token.encode()):
        await asyncio.sleep(1)
        return await _render(datasette, request, "sign_in.html", {"is_wrong": True}, 403)
    response = _redirect(wanted)
    signed = datasette.sign({"a": {"id": EDITOR}}, "actor")
    response.set_cookie("ds_actor", signed, httponly=True, samesite="strict")
    return response


async def _answer(datasette: Any, request: Any, work: Any) -> Any:
    """Return the response for what a page function shows, or for the error that it raises."""
    try:
        shown = await work()
    except NoSuchPageError as error:
        return await _render(datasette, request, "error.html", {"status": 404, "error": str(error)}, 404)
    except RigwireError as error:
        status = 400 if isinstance(error, UsageError) else 500
        return await _render(datasette, request, "error.html", {"status": status, "error": str(error)}, status)
    if shown.location:
        return _redirect(shown.location)
    return await _render(datasette, request, shown.template, dict(shown.values))


async def _render(datasette: Any, request: Any, template: str, values: dict[str, Any], status: int = 200) -> Any:
    html = await datasette.render_template(template, values, request=request)
    return Response.html(html, status=status, headers={"content-security-policy": POLICY})


def _redirect(location: str) -> Any:
    return Response.redirect(location, status=303)


def _asked(request: Any) -> Asked:
    query = {name: request.args.getlist(name) for name in request.args}
    return Asked(request.url_vars, query, datetime.now(UTC).date(), _may_correct(request))


def _may_correct(request: Any) -> bool:
    return bool(request and (request.actor or {}).get("id") == EDITOR)
