"""The named queries as pages of Datasette, and the list of them."""

import re
from typing import Any

from rigwire.store import NamedQuery, Store, named_queries
from rigwire.web.asking import Asked, Shown
from rigwire.web.words import address

_CASTS = {"integer": "integer", "number": "real"}


def canned_queries() -> dict[str, dict[str, Any]]:
    """Return the named queries in the form that Datasette takes. It hands every parameter over as text."""
    return {name: _canned(query) for name, query in named_queries().items()}


def questions_page(store: Store, asked: Asked) -> Shown:
    """Return all named queries, each with a form of its parameters and their defaults of today."""
    questions = [
        {"query": query, "fields": _fields(query, asked), "address": address(f"/rigwire/{query.name}")}
        for query in named_queries().values()
    ]
    return Shown("questions.html", {"questions": questions})


def _canned(query: NamedQuery) -> dict[str, Any]:
    sql = query.sql
    for parameter in query.parameters:
        if parameter.type in _CASTS:
            cast = f"cast(:{parameter.name} as {_CASTS[parameter.type]})"
            sql = re.sub(rf":{parameter.name}\b", cast, sql)
    takes = " ".join(f"{parameter.name}: {parameter.description}" for parameter in query.parameters)
    return {
        "sql": sql,
        "title": query.title,
        "description": f"{query.description} {takes}".strip(),
        "params": [parameter.name for parameter in query.parameters],
        "hide_sql": True,
    }


def _fields(query: NamedQuery, asked: Asked) -> list[dict[str, Any]]:
    """Return the parameters with their defaults; a day such as `today-7` is the day that it is."""
    given = {parameter.name: "0" for parameter in query.parameters if parameter.default is None}
    values = query.bind(given, asked.today)
    return [
        {
            "name": parameter.name,
            "type": {"day": "date", "text": "text"}.get(parameter.type, "number"),
            "description": parameter.description,
            "is_needed": parameter.default is None,
            "value": "" if parameter.default is None else str(values[parameter.name]).strip(),
        }
        for parameter in query.parameters
    ]
